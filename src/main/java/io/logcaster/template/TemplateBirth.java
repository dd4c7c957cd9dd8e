package io.logcaster.template;

import java.time.Instant;
import java.util.Map;

/**
 * The birth of a template: the first record that had it.
 *
 * @param id 16 hexadecimal digits, computed from the template's text: the same on every server
 * @param template the text, with {@code <*>} for what varies, as the pipe {@code pattern} shows it
 * @param firstSeen the time of the earliest record known to have it
 * @param learned when the server found it; later than {@code firstSeen} by the delay of the sender
 *     and, for imported history, by years
 * @param level the level of the first record; empty if it had none
 * @param host the host of the first record; empty if it had none
 * @param app the app of the first record; empty if it had none
 * @param fields the other fields of the first record, in their order; long ones are cut or left out
 * @param example the message of the first record; cut if it is long
 */
public record TemplateBirth(
    String id,
    String template,
    Instant firstSeen,
    Instant learned,
    String level,
    String host,
    String app,
    Map<String, String> fields,
    String example) {}
