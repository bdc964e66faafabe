package io.distri.cli.backup;

import io.distri.cli.operator.Operator;
import io.distri.cli.operator.OperatorConnection;
import io.distri.cli.terminal.Failure;
import io.distri.cli.terminal.Progress;
import io.distri.node.backup.BackupHead;
import io.distri.node.backup.BackupPage;
import io.distri.node.backup.BackupPaths;
import io.distri.node.backup.BackupReader;
import io.distri.protocol.HostPort;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** Reads backups page by page: from a node, or from a file. */
final class BackupStream {
  /** A node that lags waits ten seconds for what others hold. */
  private static final Duration BEGIN = Duration.ofSeconds(30);

  private BackupStream() {}

  /** What to do with a page. */
  @FunctionalInterface
  interface Pages {
    void accept(BackupPage page) throws IOException;
  }

  /** What was read. */
  record Content(BackupHead head, long documents) {}

  /**
   * Reads a node's DB as of now.
   *
   * @param copy gets every byte of the backup
   * @throws Failure where the node can't be asked or its answer breaks off
   */
  static Content ofNode(Operator operator, HostPort node, OutputStream copy, Pages pages)
      throws IOException {
    try (OperatorConnection connection = operator.connect(node);
        InputStream in = connection.open(BackupPaths.BACKUP, BEGIN)) {
      return read(new Copying(in, copy), "Reading", pages);
    }
  }

  /** Reads a backup to its end; what was handed out before that is not known to be whole. */
  static Content read(InputStream in, String task, Pages pages) throws IOException {
    BackupReader reader = new BackupReader(new BufferedInputStream(in));
    long documents = 0;
    try (Progress progress = Progress.of(task, reader.head().documents())) {
      for (BackupPage page = reader.next(); page != null; page = reader.next()) {
        pages.accept(page);
        documents += page.documents().size();
        progress.step(page.documents().size());
      }
    }
    return new Content(reader.head(), documents);
  }

  private static final class Copying extends FilterInputStream {
    private final OutputStream copy;

    Copying(InputStream in, OutputStream copy) {
      super(in);
      this.copy = copy;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      if (read >= 0) {
        copy.write(read);
      }
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      if (read > 0) {
        copy.write(bytes, offset, read);
      }
      return read;
    }
  }
}
