package io.distri.cli.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The photo that comes with the command line, for examples, tests of load and the demo. */
public final class SampleImage {

  /** What to call a file that holds it. */
  public static final String NAME = "sample.jpg";

  private static final String RESOURCE = "/io/distri/cli/" + NAME;

  private SampleImage() {}

  /** The JPEG file's bytes. */
  public static byte[] bytes() {
    try (InputStream in = SampleImage.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
