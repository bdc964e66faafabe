package io.distri.node.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A program that takes the signatures off the jars of a directory; their classes stay as they are,
 * byte for byte:
 *
 * <pre>UnsignedJars DIRECTORY</pre>
 *
 * <p>The JVM checks a signed jar anew at each start, against the signer that the jar itself names,
 * and keeps none of its classes in the AOT cache. Inside an image, which is checked as a whole,
 * that proves nothing about jars which Maven checked when it fetched them.
 */
public final class UnsignedJars {
  private static final Pattern SIGNATURE =
      Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);

  private UnsignedJars() {}

  public static void main(String[] args) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
      for (Path jar : jars) {
        if (isSigned(jar)) {
          unsign(jar);
        }
      }
    }
  }

  private static boolean isSigned(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream().anyMatch(entry -> SIGNATURE.matcher(entry.getName()).matches());
    }
  }

  private static void unsign(Path jar) throws IOException {
    Path unsigned = Files.createTempFile(jar.toAbsolutePath().getParent(), "unsigned", ".tmp");
    try (ZipFile from = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(unsigned);
        ZipOutputStream to = new ZipOutputStream(file)) {
      Enumeration<? extends ZipEntry> entries = from.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!SIGNATURE.matcher(entry.getName()).matches()) {
          copy(from, entry, to);
        }
      }
    }
    Files.setPosixFilePermissions(unsigned, Files.getPosixFilePermissions(jar));
    Files.move(unsigned, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void copy(ZipFile from, ZipEntry entry, ZipOutputStream to) throws IOException {
    ZipEntry copied = new ZipEntry(entry.getName());
    copied.setTime(entry.getTime());
    to.putNextEntry(copied);
    try (InputStream in = from.getInputStream(entry)) {
      if (entry.getName().equalsIgnoreCase(JarFile.MANIFEST_NAME)) {
        to.write(withoutDigests(in));
      } else {
        in.transferTo(to);
      }
    }
    to.closeEntry();
  }

  /** What it says of the jar as a whole; what it says of each file is its digest. */
  private static byte[] withoutDigests(InputStream manifest) throws IOException {
    Manifest read = new Manifest(manifest);
    read.getEntries().clear();
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    read.write(written);
    return written.toByteArray();
  }
}
