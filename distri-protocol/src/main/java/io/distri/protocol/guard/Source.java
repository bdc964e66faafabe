package io.distri.protocol.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** Where a caller is, as far as it is counted: one holder of addresses is one source. */
public final class Source {
  /** The least that a network gives a customer of IPv6, who has all addresses in it. */
  private static final int IPV6_PREFIX_BYTES = 8;

  private Source() {}

  /**
   * The source of an address: an IPv4 address itself, the /64 network of an IPv6 address.
   *
   * @param address as the socket tells it; another text is its own source
   */
  public static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? HexFormat.ofDelimiter(":")
                  .formatHex(Arrays.copyOf(parsed.getAddress(), IPV6_PREFIX_BYTES))
              + "::/64"
          : parsed.getHostAddress();
    } catch (UnknownHostException noAddress) {
      return address;
    }
  }
}
