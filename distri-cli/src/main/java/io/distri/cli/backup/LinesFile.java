package io.distri.cli.backup;

import io.distri.cli.terminal.Failure;
import io.distri.node.backup.BackupPage;
import io.distri.node.db.json.ContentDigest;
import io.distri.node.db.json.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A file of {@link JsonLine}s, read a page at a time. */
final class LinesFile {
  private static final int PAGE_LINES = 500;
  private static final int PAGE_BYTES = 1 << 20;

  /** A document with all its conflicts: 8 MiB, as nodes take, and three times that in ASCII. */
  private static final int LONGEST_LINE = 24 * 1024 * 1024;

  private LinesFile() {}

  /** What to do with a line. */
  private interface Lines {
    void accept(long number, int bytes, BackupPage line) throws IOException;
  }

  /**
   * Reads all lines and returns how many there are that say something.
   *
   * @throws Failure where one is bad, or two name the same document
   */
  static long check(Path file) throws IOException {
    Map<ContentDigest, Long> seen = new HashMap<>();
    long[] lines = {0};
    forEach(
        file,
        (number, bytes, line) -> {
          lines[0]++;
          for (BackupPage.Document document : line.documents()) {
            Long before = seen.putIfAbsent(name(document), number);
            if (before != null) {
              throw new Failure(
                  "%s, line %s: names the document of line %s again."
                      .formatted(file, number, before));
            }
          }
        });
    return lines[0];
  }

  private static ContentDigest name(BackupPage.Document document) {
    return ContentDigest.of(
        (document.collection() + "\n" + document.uuid()).getBytes(StandardCharsets.UTF_8));
  }

  /** Hands out all lines in pages. */
  static void read(Path file, BackupStream.Pages pages) throws IOException {
    List<BackupPage.Collection> collections = new ArrayList<>();
    List<BackupPage.Document> documents = new ArrayList<>();
    int[] size = {0};
    forEach(
        file,
        (number, bytes, line) -> {
          int lines = collections.size() + documents.size();
          if (lines > 0 && (lines == PAGE_LINES || size[0] + bytes > PAGE_BYTES)) {
            pages.accept(new BackupPage(collections, documents));
            collections.clear();
            documents.clear();
            size[0] = 0;
          }
          collections.addAll(line.collections());
          documents.addAll(line.documents());
          size[0] += bytes;
        });
    if (!collections.isEmpty() || !documents.isEmpty()) {
      pages.accept(new BackupPage(collections, documents));
    }
  }

  private static void forEach(Path file, Lines lines) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      long number = 1;
      int next;
      do {
        next = in.read();
        if (next >= 0 && next != '\n') {
          line.write(next);
          if (line.size() > LONGEST_LINE) {
            throw new Failure(
                "%s, line %s: has more than %s bytes.".formatted(file, number, LONGEST_LINE));
          }
        } else {
          if (!line.toString(StandardCharsets.UTF_8).isBlank()) {
            lines.accept(number, line.size(), parse(file, number, line.toByteArray()));
          }
          line.reset();
          number++;
        }
      } while (next >= 0);
    }
  }

  private static BackupPage parse(Path file, long number, byte[] line) {
    try {
      return JsonLine.parse(line);
    } catch (InvalidInputException invalid) {
      throw new Failure("%s, line %s: %s.".formatted(file, number, invalid.detail()), invalid);
    }
  }
}
