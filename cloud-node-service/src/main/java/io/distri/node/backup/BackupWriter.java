package io.distri.node.backup;

import io.distri.node.db.CollectionEntry;
import io.distri.node.db.Delta;
import io.distri.node.db.DocumentBody;
import io.distri.node.db.DocumentEntry;
import io.distri.node.db.DocumentState;
import io.distri.node.db.DocumentVersion;
import io.distri.node.db.Entry;
import io.distri.protocol.Sha256;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Writes a backup, see {@link BackupFormat}. Holds one page at a time. For one thread. */
final class BackupWriter {
  private final MessageDigest sum = Sha256.digest();
  private final DataOutputStream out;

  private BackupWriter(OutputStream out) {
    this.out = new DataOutputStream(new DigestOutputStream(out, sum));
  }

  /** Writes all that the snapshot behind a delta holds, and leaves the stream open. */
  static void write(BackupHead head, Delta all, OutputStream out) throws IOException {
    Iterator<List<Entry>> pages = all.pages();
    write(
        head,
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return pages.hasNext();
              }

              @Override
              public BackupPage next() {
                return page(pages.next());
              }
            },
        out);
  }

  /** Writes pages, and leaves the stream open. */
  static void write(BackupHead head, Iterable<BackupPage> pages, OutputStream out)
      throws IOException {
    BackupWriter writer = new BackupWriter(out);
    writer.out.writeLong(BackupFormat.MAGIC);
    writer.frame(head);
    for (BackupPage page : pages) {
      writer.frame(page);
    }
    writer.out.writeInt(0);
    writer.out.flush();
    out.write(writer.sum.digest());
    out.flush();
  }

  private void frame(Object payload) throws IOException {
    byte[] bytes = BackupFormat.WIRE.write(payload);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static BackupPage page(List<Entry> entries) {
    List<BackupPage.Collection> collections = new ArrayList<>();
    List<BackupPage.Document> documents = new ArrayList<>();
    for (Entry entry : entries) {
      switch (entry) {
        case CollectionEntry collection ->
            collections.add(
                new BackupPage.Collection(collection.collection(), collection.state().exists()));
        case DocumentEntry document -> {
          List<DocumentBody> versions = versions(document.state());
          if (!versions.isEmpty()) {
            documents.add(new BackupPage.Document(document.collection(), versions));
          }
        }
      }
    }
    return new BackupPage(collections, documents);
  }

  /** Empty where the document is deleted. */
  private static List<DocumentBody> versions(DocumentState document) {
    List<DocumentBody> versions = new ArrayList<>();
    DocumentBody found = document.winner().body();
    if (found != null) {
      versions.add(found);
      document.siblings().stream().map(DocumentVersion::body).forEach(versions::add);
    }
    return versions;
  }
}
