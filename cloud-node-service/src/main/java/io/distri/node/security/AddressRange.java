package io.distri.node.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses in CIDR notation, such as {@code 10.0.0.0/8} or {@code ::1/128}. Immutable.
 */
public final class AddressRange {
  private final byte[] network;
  private final int bits;

  private AddressRange(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /**
   * Reads {@code address/bits}; an address alone is a block of one.
   *
   * @throws IllegalArgumentException where it can't be read, with a message for people
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!address.matches("[0-9a-fA-F:.]+")) {
      throw new IllegalArgumentException("'" + text + "' is not a CIDR block such as 10.0.0.0/8");
    }
    try {
      byte[] network = InetAddress.getByName(address).getAddress();
      int all = network.length * 8;
      int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > all) {
        throw new IllegalArgumentException("'" + text + "' has more than " + all + " bits");
      }
      return new AddressRange(network, bits);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a CIDR block such as 10.0.0.0/8", e);
    }
  }

  /** Whether the socket's peer lies in the block; an address that can't be read does not. */
  public boolean contains(@Nullable String remoteAddress) {
    if (remoteAddress == null || !remoteAddress.matches("[0-9a-fA-F:.%a-z]+")) {
      return false;
    }
    try {
      byte[] address = InetAddress.getByName(remoteAddress.replaceAll("%.*", "")).getAddress();
      return address.length == network.length && samePrefix(address);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private boolean samePrefix(byte[] address) {
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
