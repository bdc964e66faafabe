package io.distri.cli.terminal;

import io.distri.protocol.HostPort;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code host:port} from an argument. */
public final class AddressConverter implements ITypeConverter<HostPort> {

  @Override
  public HostPort convert(String text) {
    HostPort address;
    try {
      address = HostPort.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
    if (address.port() == 0) {
      throw new TypeConversionException(
          "'" + text + "' is not an address: the port must be between 1 and 65535");
    }
    return address;
  }
}
