package io.distri.node;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.type.MethodMetadata;

/**
 * Has springdoc made when somebody first asks for the API's description, and not in each start: its
 * beans are many, and few nodes are ever asked. All of them are made then, as they don't name all
 * that they need of each other. For the program alone: others may have settings of springdoc that
 * have other beans answer.
 */
final class LazyDescription implements BeanFactoryPostProcessor {
  private static final String SPRINGDOC = "org.springdoc.";

  /** The one that answers. */
  private static final String RESOURCE = "openApiResource";

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    if (AotDetector.useGeneratedArtifacts()) {
      return; // Settled beans have it in them.
    }
    List<String> own =
        Arrays.stream(beans.getBeanDefinitionNames())
            .filter(name -> isOfSpringdoc(beans.getBeanDefinition(name)))
            .toList();
    for (String name : own) {
      beans.getBeanDefinition(name).setLazyInit(true);
    }
    if (own.contains(RESOURCE)) {
      beans
          .getBeanDefinition(RESOURCE)
          .setDependsOn(own.stream().filter(name -> !name.equals(RESOURCE)).toArray(String[]::new));
    }
  }

  private static boolean isOfSpringdoc(BeanDefinition bean) {
    if (isOfSpringdoc(bean.getBeanClassName())) {
      return true;
    }
    MethodMetadata factory =
        bean instanceof AnnotatedBeanDefinition annotated
            ? annotated.getFactoryMethodMetadata()
            : null;
    return factory != null && isOfSpringdoc(factory.getDeclaringClassName());
  }

  private static boolean isOfSpringdoc(@Nullable String className) {
    return className != null && className.startsWith(SPRINGDOC);
  }
}
