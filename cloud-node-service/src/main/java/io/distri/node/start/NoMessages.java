package io.distri.node.start;

import java.text.MessageFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.HierarchicalMessageSource;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.NoSuchMessageException;

/**
 * No messages but those of a parent. Stands in for Spring's {@code DelegatingMessageSource}, which
 * says the same, and has the JVM list every locale that it knows when its superclass is loaded:
 * that keeps both of a start's compilers busy. Safe for use by many threads once it has its parent.
 */
public final class NoMessages implements HierarchicalMessageSource {
  private volatile @Nullable MessageSource parent;

  @Override
  public void setParentMessageSource(@Nullable MessageSource parent) {
    this.parent = parent;
  }

  @Override
  public @Nullable MessageSource getParentMessageSource() {
    return parent;
  }

  @Override
  public @Nullable String getMessage(
      String code,
      Object @Nullable [] args,
      @Nullable String defaultMessage,
      @Nullable Locale locale) {
    MessageSource asked = parent;
    if (asked != null) {
      return asked.getMessage(code, args, defaultMessage, locale);
    }
    return defaultMessage == null ? null : filled(defaultMessage, args, locale);
  }

  @Override
  public String getMessage(String code, Object @Nullable [] args, @Nullable Locale locale) {
    MessageSource asked = parent;
    if (asked != null) {
      return asked.getMessage(code, args, locale);
    }
    throw locale == null
        ? new NoSuchMessageException(code)
        : new NoSuchMessageException(code, locale);
  }

  @Override
  public String getMessage(MessageSourceResolvable resolvable, @Nullable Locale locale) {
    MessageSource asked = parent;
    if (asked != null) {
      return asked.getMessage(resolvable, locale);
    }
    String message = resolvable.getDefaultMessage();
    if (message != null) {
      return filled(message, resolvable.getArguments(), locale);
    }
    String[] codes = resolvable.getCodes();
    return getMessage(codes == null || codes.length == 0 ? "" : codes[0], null, locale);
  }

  /** Without arguments a message is no pattern: braces and quotes stay as they are. */
  private static String filled(String message, Object @Nullable [] args, @Nullable Locale locale) {
    return args == null || args.length == 0
        ? message
        : new MessageFormat(message, locale == null ? Locale.ROOT : locale).format(args);
  }
}
