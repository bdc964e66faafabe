package io.distri.node.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars whose signatures were taken off. */
class UnsignedJarsTest {
  @TempDir Path directory;

  @Test
  void a_signed_jar_loses_its_signature_and_nothing_else() throws Exception {
    Path signed = signedJar();
    Path jar = Files.copy(signed, directory.resolve("some.jar"));
    UnsignedJars.main(new String[] {directory.toString()});
    Map<String, Long> before = checksums(signed);
    Map<String, Long> after = checksums(jar);
    before.keySet().removeIf(name -> name.matches("META-INF/BC\\w+\\.(SF|RSA|DSA|EC)"));
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(before.remove(JarFile.MANIFEST_NAME)).isNotNull();
    assertThat(after).containsAllEntriesOf(before);
    try (JarFile unsigned = new JarFile(jar.toFile())) {
      assertThat(unsigned.getManifest().getEntries()).isEmpty();
      assertThat(unsigned.isMultiRelease()).isTrue();
    }
  }

  @Test
  void a_jar_without_a_signature_stays_as_it_is() throws Exception {
    Path jar = directory.resolve("plain.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("a.txt"));
      zip.write('a');
    }
    byte[] before = Files.readAllBytes(jar);
    UnsignedJars.main(new String[] {directory.toString()});
    assertThat(Files.readAllBytes(jar)).isEqualTo(before);
    try (var left = Files.list(directory)) {
      assertThat(left.collect(Collectors.toList())).isEqualTo(List.of(jar));
    }
  }

  private static Path signedJar() throws URISyntaxException {
    return Path.of(
        X509CertificateHolder.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static Map<String, Long> checksums(Path jar) throws IOException {
    Map<String, Long> checksums = new HashMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        CRC32 checksum = new CRC32();
        try (InputStream in = zip.getInputStream(entry)) {
          checksum.update(in.readAllBytes());
        }
        checksums.put(entry.getName(), checksum.getValue());
      }
    }
    return checksums;
  }
}
