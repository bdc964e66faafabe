package io.distri.peer.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What callers of the page have to know; new at every start but for the person's own token. */
final class Secrets {
  private static final int BYTES = 24;

  private final String form = random();
  private final String terminal = random();
  private final String browser = random();
  private final @Nullable String login;

  /**
   * @param login what a browser has to show; null where it needs to show nothing
   */
  Secrets(@Nullable String login) {
    this.login = login;
  }

  /** In the page's own forms. */
  String form() {
    return form;
  }

  /** In the file that the terminal reads. */
  String terminal() {
    return terminal;
  }

  /** In the cookie of a browser that has logged in. */
  String browser() {
    return browser;
  }

  boolean isForm(@Nullable String given) {
    return same(form, given);
  }

  boolean isTerminal(@Nullable String given) {
    return same(terminal, given);
  }

  boolean isBrowser(@Nullable String given) {
    return login == null || same(browser, given);
  }

  boolean isLogin(@Nullable String given) {
    return login != null && same(login, given);
  }

  private static boolean same(String known, @Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            known.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
