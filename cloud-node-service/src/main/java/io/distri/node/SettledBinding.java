package io.distri.node;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindingPostProcessor;
import org.springframework.context.ApplicationContext;

/**
 * Binds properties to beans as Spring Boot does, without a look at those that are known to have
 * none.
 */
final class SettledBinding extends ConfigurationPropertiesBindingPostProcessor {
  private @Nullable SettledBeanFactory settled;

  @Override
  public void setApplicationContext(ApplicationContext context) {
    super.setApplicationContext(context);
    settled =
        context.getAutowireCapableBeanFactory() instanceof SettledBeanFactory factory
            ? factory
            : null;
  }

  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    return settled != null && settled.lacks(name, ConfigurationProperties.class)
        ? bean
        : super.postProcessBeforeInitialization(bean, name);
  }
}
