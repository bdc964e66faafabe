package io.distri.benchmarks.image;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import io.distri.protocol.image.AgeIdentity;
import io.distri.protocol.image.AgeRecipient;
import io.distri.protocol.image.Covers;
import io.distri.protocol.image.NotOpenedException;
import io.distri.protocol.image.SealedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One image sealed or opened in memory, by one thread; the output's buffer is used again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SealedImageBenchmark {

  private static final String PHOTO = "81920";
  private static final String LARGE = "3145728";

  /** The sizes measured, in bytes: the 80 KB photo of the goals, and 3 MiB. */
  static final List<String> IMAGE_BYTES = List.of(PHOTO, LARGE);

  @Param({PHOTO, LARGE})
  public int imageBytes;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Covers covers = Covers.shipped();
  private final AgeIdentity identity = AgeIdentity.generate();
  private final List<AgeIdentity> identities = List.of(identity);
  private final List<AgeRecipient> recipients = List.of(identity.recipient());
  private byte[] coverFile = {};
  private byte[] image = {};
  private byte[] png = {};
  private byte[] age = {};
  private byte[] copy = {};
  private List<RecipientStanzaWriter> stanzaWriters = List.of();
  private List<RecipientStanzaReader> stanzaReaders = List.of();

  @Setup
  public void prepare() throws IOException, GeneralSecurityException {
    try (InputStream in = Covers.class.getResourceAsStream("cover.jpg")) {
      coverFile = in == null ? coverFile : in.readAllBytes();
    }
    image = new byte[imageBytes];
    new Random(imageBytes).nextBytes(image);
    seal();
    png = out.toByteArray();
    copy = new byte[png.length];
    stanzaWriters =
        List.of(
            X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(
                identity.recipient().toString()));
    stanzaReaders =
        List.of(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(secret(identity)));
    sealByJaggedAlone();
    age = out.toByteArray();
  }

  @Benchmark
  public int seal() throws IOException {
    out.reset();
    SealedImage.seal(new ByteArrayInputStream(image), image.length, recipients, covers, out);
    return out.size();
  }

  @Benchmark
  public int sealByJaggedAlone() throws IOException, GeneralSecurityException {
    out.reset();
    try (WritableByteChannel sealing =
        new StandardEncryptingChannelFactory()
            .newEncryptingChannel(Channels.newChannel(out), stanzaWriters)) {
      sealing.write(ByteBuffer.wrap(image));
    }
    return out.size();
  }

  @Benchmark
  public int hideByImageIo() throws IOException {
    out.reset();
    AlphaChannel.hide(image, coverFile, out);
    return out.size();
  }

  @Benchmark
  public long copyAndChecksums() {
    System.arraycopy(png, 0, copy, 0, png.length);
    CRC32 crc = new CRC32();
    crc.update(copy);
    Adler32 adler = new Adler32();
    adler.update(copy);
    return crc.getValue() + adler.getValue();
  }

  @Benchmark
  public int open() throws IOException, NotOpenedException {
    out.reset();
    SealedImage.open(new ByteArrayInputStream(png), identities, out, png.length);
    return out.size();
  }

  @Benchmark
  public int openByJaggedAlone() throws IOException, GeneralSecurityException {
    out.reset();
    try (ReadableByteChannel opening =
        new StandardDecryptingChannelFactory()
            .newDecryptingChannel(
                Channels.newChannel(new ByteArrayInputStream(age)), stanzaReaders)) {
      ByteBuffer chunk = ByteBuffer.allocate(64 * 1024);
      while (opening.read(chunk) >= 0) {
        out.write(chunk.array(), 0, chunk.position());
        chunk.clear();
      }
    }
    return out.size();
  }

  private static String secret(AgeIdentity identity) {
    return identity
        .fileContent(Instant.EPOCH)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .findFirst()
        .orElseThrow();
  }
}
