package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ControllerAdvice;

/** What a settled start knows of annotations. */
class SettledBeanFactoryTest {

  @ControllerAdvice
  static class Advice {}

  private final SettledBeanFactory beans = new SettledBeanFactory();

  @BeforeEach
  void settle() {
    beans.registerBeanDefinition("carrier", new RootBeanDefinition(Advice.class));
    beans.registerBeanDefinition("other", new RootBeanDefinition(Advice.class));
    beans.settle(ControllerAdvice.class, "carrier");
  }

  @Test
  void carriers_are_looked_at_and_no_others() {
    assertThat(beans.getBeanNamesForAnnotation(ControllerAdvice.class)).containsExactly("carrier");
    assertThat(beans.lacks("other", ControllerAdvice.class)).isTrue();
    assertThat(beans.lacks("carrier", ControllerAdvice.class)).isFalse();
  }

  @Test
  void annotations_that_were_not_settled_are_looked_for() {
    assertThat(beans.getBeanNamesForAnnotation(Component.class))
        .containsExactly("carrier", "other");
    assertThat(beans.lacks("other", Component.class)).isFalse();
  }

  @Test
  void beans_that_came_as_objects_are_looked_at() {
    beans.registerSingleton("late", new Advice());
    assertThat(beans.getBeanNamesForAnnotation(ControllerAdvice.class))
        .containsExactly("carrier", "late");
  }
}
