package io.distri.protocol;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names by which a server may be called: those it is given, {@code localhost}, and any literal
 * address. A web page whose own name leads to the server (DNS rebinding) calls it by that name, and
 * can use no other. Immutable.
 */
public final class OwnNames {
  private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252})");

  private final Set<String> names;

  /**
   * @param names without ports; an IPv6 address without brackets
   */
  public OwnNames(Collection<String> names) {
    this.names =
        Stream.concat(Stream.of("localhost"), names.stream())
            .map(OwnNames::plain)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether this is a host's name, without scheme, port or wildcard. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * Whether a caller may use this name.
   *
   * @param host of a {@code Host} header, without the port; an IPv6 address in brackets
   */
  public boolean include(String host) {
    return names.contains(plain(host)) || isAddress(host);
  }

  private static boolean isAddress(String host) {
    return host.startsWith("[") || IPV4.matcher(host).matches();
  }

  /** A dot at the end says that the name is whole, which it is here anyway. */
  private static String plain(String name) {
    String whole = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return whole.toLowerCase(Locale.ROOT);
  }
}
