package io.distri.peer.vault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The name of an image: a file name that means the same on every disk and nothing in a path, a page
 * or a directory entry.
 */
public record ResourceName(String text) implements Comparable<ResourceName> {

  /** Characters; with two ids it fits a document's UUID of 256. */
  private static final int LONGEST = 120;

  /** Bytes; what file systems take, with room for an ending of ours. */
  private static final int LONGEST_BYTES = 240;

  private static final Pattern FORM =
      Pattern.compile("[\\p{L}\\p{N}_(][\\p{L}\\p{M}\\p{N} ._()+,=@~-]*");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ResourceName {
    if (text.isEmpty()
        || text.length() > LONGEST
        || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES
        || !FORM.matcher(text).matches()
        || !Normalizer.isNormalized(text, Normalizer.Form.NFC)
        || text.endsWith(".")
        || text.endsWith(" ")) {
      throw new IllegalArgumentException(
          "an image's name has up to "
              + LONGEST
              + " letters, digits, spaces and . _ - ( ) + , = @ ~, and begins with a letter or a"
              + " digit");
    }
  }

  /** The name that a person wrote or a browser sent, composed as names are here. */
  public static ResourceName of(String written) {
    return new ResourceName(Normalizer.normalize(written.strip(), Normalizer.Form.NFC));
  }

  /**
   * Whether files can be called so here: under locales such as C and POSIX, Java has ASCII alone.
   */
  public boolean isFileName() {
    try {
      return !Path.of(text).toString().isEmpty();
    } catch (InvalidPathException beyondTheLocale) {
      return false;
    }
  }

  @Override
  public int compareTo(ResourceName other) {
    return text.compareTo(other.text);
  }

  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
