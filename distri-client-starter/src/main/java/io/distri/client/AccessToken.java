package io.distri.client;

/**
 * The bearer token that nodes ask for. It shows itself to nobody: {@link #toString} hides it.
 *
 * @param value as it goes into the {@code Authorization} header: visible ASCII, no spaces
 */
public record AccessToken(String value) {

  public AccessToken {
    if (value.isEmpty() || !value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException(
          "token is empty or holds spaces or characters that no HTTP header can carry");
    }
  }

  @Override
  public String toString() {
    return "AccessToken[hidden]";
  }
}
