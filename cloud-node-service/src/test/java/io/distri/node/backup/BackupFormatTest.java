package io.distri.node.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distri.node.db.DocumentBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackupFormatTest {
  private static final BackupHead HEAD = new BackupHead("cluster", "node", 1_000, 2, true);
  private static final List<BackupPage> PAGES =
      List.of(
          new BackupPage(
              List.of(
                  new BackupPage.Collection("catalog", true),
                  new BackupPage.Collection("old", false)),
              List.of(document("{\"UUID\":\"a\"}"))),
          new BackupPage(
              List.of(),
              List.of(document("{\"UUID\":\"b\",\"n\":1}", "{\"UUID\":\"b\",\"n\":2}"))));

  @Test
  void what_was_written_is_read() throws Exception {
    BackupReader reader = new BackupReader(new ByteArrayInputStream(backup()));

    assertThat(reader.head()).isEqualTo(HEAD);
    assertThat(pages(reader)).isEqualTo(PAGES);
  }

  @Test
  void a_backup_that_is_cut_off_anywhere_is_noticed() throws Exception {
    byte[] backup = backup();
    for (int length = 0; length < backup.length; length++) {
      assertDamaged(Arrays.copyOf(backup, length));
    }
  }

  @Test
  void a_changed_bit_anywhere_is_noticed() throws Exception {
    byte[] backup = backup();
    for (int bit = 0; bit < backup.length * Byte.SIZE; bit++) {
      byte[] changed = backup.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertDamaged(changed);
    }
  }

  @Test
  void bytes_after_the_end_are_noticed() throws Exception {
    byte[] backup = backup();
    assertDamaged(Arrays.copyOf(backup, backup.length + 1));
  }

  @Test
  void another_file_is_no_backup() {
    assertThatExceptionOfType(DamagedBackupException.class)
        .isThrownBy(() ->
            new BackupReader(
                new ByteArrayInputStream("{\"a\":1}".repeat(9).getBytes(StandardCharsets.UTF_8))))
        .withMessageContaining("no backup");
  }

  private static void assertDamaged(byte[] backup) {
    assertThatExceptionOfType(DamagedBackupException.class)
        .isThrownBy(() -> pages(new BackupReader(new ByteArrayInputStream(backup))));
  }

  private static List<BackupPage> pages(BackupReader reader) throws IOException {
    List<BackupPage> pages = new ArrayList<>();
    for (BackupPage page = reader.next(); page != null; page = reader.next()) {
      pages.add(page);
    }
    return pages;
  }

  private static byte[] backup() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BackupWriter.write(HEAD, PAGES, out);
    return out.toByteArray();
  }

  private static BackupPage.Document document(String... versions) {
    return new BackupPage.Document(
        "catalog",
        Arrays.stream(versions)
            .map(json -> DocumentBody.of(json.getBytes(StandardCharsets.UTF_8)))
            .toList());
  }
}
