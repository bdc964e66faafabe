package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.distri.protocol.Sha256;
import io.distri.protocol.Suite;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The age files of C2SP/CCTV: what is for X25519 keys and not armored is opened to the byte or
 * refused, and of what fails half-way only authentic bytes come out; all others are refused.
 */
class AgeSuiteTest {

  /** Its plain bytes begin as those of all larger files do. */
  private static final String LARGE = "stream_three_chunks";

  @TestFactory
  List<DynamicTest> each_file_is_opened_to_the_byte_or_refused() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : Suite.files("age", "")) {
      tests.add(dynamicTest(file.getFileName().toString(), () -> check(file)));
    }
    return tests;
  }

  private static void check(Path file) throws Exception {
    Case age = Case.read(file);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    if (age.isOffered() && age.says("expect").contains("success")) {
      age.open(plain);
      assertThat(age.says("payload"))
          .containsExactly(HexFormat.of().formatHex(Sha256.of(plain.toByteArray())));
    } else {
      assertThatExceptionOfType(NotOpenedException.class).isThrownBy(() -> age.open(plain));
      ByteArrayOutputStream authentic = new ByteArrayOutputStream();
      Case.read(file.resolveSibling(LARGE)).open(authentic);
      assertThat(plain.toByteArray())
          .isEqualTo(Arrays.copyOf(authentic.toByteArray(), plain.size()));
    }
  }

  /** A file of the suite: lines of a name and a value, an empty one, then what is to be opened. */
  private record Case(Map<String, List<String>> head, byte[] age) {

    static Case read(Path file) throws IOException {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        Map<String, List<String>> head = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          String[] parts = line.split(": ", 2);
          head.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
        }
        InputStream rest = head.containsKey("compressed") ? new InflaterInputStream(in) : in;
        return new Case(head, rest.readAllBytes());
      }
    }

    private static String line(InputStream in) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b != '\n'; b = in.read()) {
        line.write(b);
      }
      return line.toString(StandardCharsets.US_ASCII);
    }

    List<String> says(String name) {
      return head.getOrDefault(name, List.of());
    }

    /** X25519 keys, no armor. */
    boolean isOffered() {
      return says("armored").isEmpty()
          && says("passphrase").isEmpty()
          && says("identity").stream().noneMatch(Case::isPostQuantum);
    }

    private static boolean isPostQuantum(String key) {
      return key.startsWith("AGE-SECRET-KEY-PQ-");
    }

    void open(OutputStream plain) throws IOException, NotOpenedException {
      List<AgeIdentity> identities = new ArrayList<>(List.of(Sealing.IDENTITY));
      for (String key : says("identity")) {
        if (isPostQuantum(key)) {
          assertThatIllegalArgumentException().isThrownBy(() -> AgeIdentity.parse(key));
        } else {
          identities.add(AgeIdentity.parse(key));
        }
      }
      SealedImage.openBare(new ByteArrayInputStream(age), identities, plain);
    }
  }
}
