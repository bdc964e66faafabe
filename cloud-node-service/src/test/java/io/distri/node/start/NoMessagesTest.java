package io.distri.node.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distri.node.TestNode;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.context.MessageSource;
import org.springframework.context.NoSuchMessageException;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.context.support.DelegatingMessageSource;
import org.springframework.context.support.StaticMessageSource;

/** Says what Spring's own source without messages says. */
class NoMessagesTest {
  private final NoMessages none = new NoMessages();
  private final DelegatingMessageSource springs = new DelegatingMessageSource();

  @Test
  void a_node_has_it() {
    try (TestNode node = TestNode.alone()) {
      assertThat(node.context().getBean(MessageSource.class)).isInstanceOf(NoMessages.class);
    }
  }

  @Test
  void a_default_stands_in_for_the_message() {
    Object[] arguments = {"cat", 3};
    for (String message : new String[] {"{0} it''s {1}", "it's {0}"}) {
      for (Object[] filling : new Object[][] {arguments, {}, null}) {
        assertThat(none.getMessage("code", filling, message, Locale.GERMANY))
            .isEqualTo(springs.getMessage("code", filling, message, Locale.GERMANY));
      }
    }
    assertThat(none.getMessage("code", arguments, null, Locale.GERMANY)).isNull();
    assertThat(
            none.getMessage(
                new DefaultMessageSourceResolvable(new String[] {"code"}, arguments, "{0}"),
                Locale.GERMANY))
        .isEqualTo("cat");
  }

  @Test
  void without_a_default_there_is_no_message() {
    assertThatExceptionOfType(NoSuchMessageException.class)
        .isThrownBy(() -> none.getMessage("code", null, Locale.GERMANY))
        .withMessageContaining("code");
    assertThatExceptionOfType(NoSuchMessageException.class)
        .isThrownBy(
            () -> none.getMessage(new DefaultMessageSourceResolvable("code"), Locale.GERMANY))
        .withMessageContaining("code");
  }

  @Test
  void a_parent_is_asked_first() {
    StaticMessageSource parent = new StaticMessageSource();
    parent.addMessage("code", Locale.GERMANY, "Katze {0}");
    none.setParentMessageSource(parent);
    Object[] arguments = {1};
    assertThat(none.getMessage("code", arguments, "dog", Locale.GERMANY)).isEqualTo("Katze 1");
    assertThat(none.getMessage("code", arguments, Locale.GERMANY)).isEqualTo("Katze 1");
    assertThat(
            none.getMessage(
                new DefaultMessageSourceResolvable(new String[] {"code"}, arguments),
                Locale.GERMANY))
        .isEqualTo("Katze 1");
  }
}
