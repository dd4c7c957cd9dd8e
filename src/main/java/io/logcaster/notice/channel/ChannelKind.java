package io.logcaster.notice.channel;

import io.logcaster.system.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The kinds of channels. The names and their options are part of the API. */
public enum ChannelKind {
  WEBHOOK(WebhookChannel.OPTIONS, WebhookChannel::new),
  EMAIL(EmailChannel.OPTIONS, EmailChannel::new),
  SLACK(SlackChannel.OPTIONS, SlackChannel::new),
  TEAMS(TeamsChannel.OPTIONS, TeamsChannel::new),
  DISCORD(DiscordChannel.OPTIONS, DiscordChannel::new),
  TELEGRAM(TelegramChannel.OPTIONS, TelegramChannel::new),
  NTFY(NtfyChannel.OPTIONS, NtfyChannel::new),
  PAGERDUTY(PagerDutyChannel.OPTIONS, PagerDutyChannel::new),
  OPSGENIE(OpsgenieChannel.OPTIONS, OpsgenieChannel::new),
  ALERTMANAGER(AlertmanagerChannel.OPTIONS, AlertmanagerChannel::new),
  SYSLOG(SyslogChannel.OPTIONS, SyslogChannel::new),
  LOG(LogChannel.OPTIONS, (options, transports) -> new LogChannel());

  /** All names, for error messages. */
  public static final String NAMES =
      Arrays.stream(values()).map(ChannelKind::type).collect(Collectors.joining(" "));

  @SuppressWarnings("ImmutableEnumChecker") // The list is unmodifiable.
  private final List<ChannelOption> options;

  @SuppressWarnings("ImmutableEnumChecker") // It has no state.
  private final BiFunction<ChannelOptions, Transports, Channel> opener;

  ChannelKind(List<ChannelOption> options, BiFunction<ChannelOptions, Transports, Channel> opener) {
    this.options = options;
    this.opener = opener;
  }

  /** The kind with a name as in the API. */
  public static Optional<ChannelKind> of(String type) {
    return Arrays.stream(values()).filter((kind) -> kind.type().equals(type)).findFirst();
  }

  /** The name in the API, in lower case. */
  public String type() {
    return name().toLowerCase(Locale.ROOT);
  }

  public List<ChannelOption> options() {
    return options;
  }

  /**
   * Checks options.
   *
   * @throws ProblemException 400 {@code invalid_property} that names the first wrong one
   */
  public ChannelOptions check(Map<String, ?> given) {
    return ChannelOptions.of(options, given);
  }

  /**
   * Opens a channel.
   *
   * @throws ProblemException 400 {@code invalid_property} if options do not go together
   */
  public Channel open(ChannelOptions checked, Transports transports) {
    return opener.apply(checked, transports);
  }
}
