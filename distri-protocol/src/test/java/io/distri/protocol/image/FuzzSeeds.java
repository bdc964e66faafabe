package io.distri.protocol.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The inputs that fuzzing starts from: pictures and age files that open, as small as they get. Run
 * {@link #main} from the module's directory to make them anew.
 */
final class FuzzSeeds {

  /** Made for these inputs; nothing else was ever sealed for it. */
  private static final String SECRET =
      "AGE-SECRET-KEY-1U6M7AAQ0PRENG4D9DF0XAV02QFCWDZSVST0WLZDVLPFNS2QFHCXS90FRM3";

  private FuzzSeeds() {}

  static AgeIdentity identity() {
    return AgeIdentity.parse(SECRET);
  }

  public static void main(String[] arguments) throws IOException {
    Path inputs = Path.of("src/test/resources/io/distri/protocol/image/HostileFuzzTestInputs");
    byte[] one = sealed(new byte[] {1, 2, 3}, 1);
    write(inputs.resolve("one-recipient"), one);
    write(inputs.resolve("three-recipients"), sealed(new byte[5], 3));
    write(inputs.resolve("empty-image"), sealed(new byte[0], 1));
    for (Density density : Density.values()) {
      for (int level : new int[] {0, 9}) {
        String name = density.name().toLowerCase(Locale.ROOT) + "-level-" + level;
        write(inputs.resolve(name), picture(one, density, level));
      }
    }
  }

  private static byte[] sealed(byte[] image, int recipients) throws IOException {
    ByteArrayOutputStream age = new ByteArrayOutputStream();
    List<AgeRecipient> all =
        new ArrayList<>(Collections.nCopies(recipients - 1, AgeIdentity.generate().recipient()));
    all.add(identity().recipient());
    SealedImage.sealBare(new ByteArrayInputStream(image), all, age);
    return age.toByteArray();
  }

  /** A smaller picture than we write, with every filter where it is compressed. */
  private static byte[] picture(byte[] payload, Density density, int level) {
    int samples = (CarrierHeader.BYTES + payload.length) * density.samplesPerByte();
    Dimensions size = new Dimensions(12, samples / 36 + 1);
    int rowBytes = (int) PngWriter.scanlineBytes(size, density);
    byte[] carried = new byte[(int) size.samples() / density.samplesPerByte() + 1];
    System.arraycopy(
        new CarrierHeader(density, payload.length).encode(), 0, carried, 0, CarrierHeader.BYTES);
    System.arraycopy(payload, 0, carried, CarrierHeader.BYTES, payload.length);
    byte[] scanlines = new byte[size.height() * rowBytes];
    byte[] cover = new byte[36];
    for (int row = 0; row < size.height(); row++) {
      density.codec().embed(carried, row * 36, cover, 0, scanlines, row * rowBytes + 1, 36);
    }
    if (level > 0) {
      scanlines =
          PngForge.filter(scanlines, rowBytes, 3 * density.sampleBytes(), new Random(level));
    }
    PngForge forge = new PngForge().header(size, density);
    if (level > 0) {
      forge.chunk("tEXt", new byte[] {'a', 0, 'b'});
    }
    return forge.imageData(PngForge.deflate(scanlines, level), 300).end();
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }
}
