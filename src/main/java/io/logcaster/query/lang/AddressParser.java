package io.logcaster.query.lang;

import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.Ipv4RangeFilter;
import io.logcaster.query.ast.Ipv6RangeFilter;
import io.logcaster.query.value.Ipv4;
import io.logcaster.query.value.Ipv6;
import java.util.List;

/**
 * Reads filters of network addresses.
 *
 * <pre>
 * range = ("ipv4_range" | "ipv6_range") "(" (address | address "/" bits | address "," address) ")"
 * </pre>
 */
final class AddressParser {

  private final FunctionParser functions;

  private final Cursor cursor;

  AddressParser(FunctionParser functions, Cursor cursor) {
    this.functions = functions;
    this.cursor = cursor;
  }

  Filter ipv4Range(String field, Token name) {
    Token token = cursor.peek(1);
    List<String> bounds = functions.texts();
    if (bounds.size() == 2) {
      return new Ipv4RangeFilter(
          field, address(bounds.get(0), token), address(bounds.get(1), token));
    }
    if (bounds.size() != 1) {
      throw cursor.error("ipv4_range() takes an address, a network or two addresses", name);
    }
    String text = bounds.getFirst();
    int slash = text.indexOf('/');
    if (slash < 0) {
      long address = address(text, token);
      return new Ipv4RangeFilter(field, address, address);
    }
    long address = address(text.substring(0, slash), token);
    String bits = text.substring(slash + 1);
    if (!bits.matches("\\d{1,2}") || Integer.parseInt(bits) > 32) {
      throw cursor.error("Expected a network such as 10.0.0.0/8, found '" + text + "'", token);
    }
    long hosts = (1L << (32 - Integer.parseInt(bits))) - 1;
    return new Ipv4RangeFilter(field, address & ~hosts, address | hosts);
  }

  private long address(String text, Token token) {
    long address = Ipv4.parse(text);
    if (address == Ipv4.INVALID) {
      throw cursor.error("Expected an IPv4 address, found '" + text + "'", token);
    }
    return address;
  }

  /** Reads {@code ipv6_range}; the bits of an IPv4 network count from the address's own start. */
  Filter ipv6Range(String field, Token name) {
    Token token = cursor.peek(1);
    List<String> bounds = functions.plainTexts();
    if (bounds.size() == 2) {
      return new Ipv6RangeFilter(
          field, address6(bounds.get(0), token), address6(bounds.get(1), token));
    }
    if (bounds.size() != 1) {
      throw cursor.error("ipv6_range() takes an address, a network or two addresses", name);
    }
    String text = bounds.getFirst();
    int slash = text.indexOf('/');
    if (slash < 0) {
      Ipv6 address = address6(text, token);
      return new Ipv6RangeFilter(field, address, address);
    }
    Ipv6 address = address6(text.substring(0, slash), token);
    String bits = text.substring(slash + 1);
    if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > 128) {
      throw cursor.error("Expected a network such as 2001:db8::/32, found '" + text + "'", token);
    }
    int length = Integer.parseInt(bits);
    if (length <= 32 && text.indexOf(':') < 0) {
      length += Ipv6.MAPPED_BITS;
    }
    return new Ipv6RangeFilter(field, address.first(length), address.last(length));
  }

  private Ipv6 address6(String text, Token token) {
    Ipv6 address = Ipv6.parse(text);
    if (address == null) {
      throw cursor.error("Expected an IPv6 address, found '" + text + "'", token);
    }
    return address;
  }
}
