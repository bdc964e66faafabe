package io.distri.node.db;

import io.distri.node.db.json.InvalidInputException;
import io.distri.protocol.ProblemType;
import java.util.regex.Pattern;

/** The rule for names of collections. */
public final class CollectionName {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

  private CollectionName() {}

  /**
   * Gives the name back where it is one.
   *
   * @throws InvalidInputException {@code BAD_NAME} where it isn't
   */
  public static String checked(String name) {
    if (!ALLOWED.matcher(name).matches()) {
      throw new InvalidInputException(
          ProblemType.BAD_NAME,
          "a collection's name is 1 to 128 letters, digits, '_', '.' or '-' of ASCII");
    }
    return name;
  }
}
