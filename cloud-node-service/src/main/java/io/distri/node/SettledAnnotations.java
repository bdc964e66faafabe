package io.distri.node;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.lang.model.element.Modifier;
import org.springframework.aot.generate.GeneratedMethod;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.EndpointExtension;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jackson.JacksonComponent;
import org.springframework.boot.web.servlet.FilterRegistration;
import org.springframework.javapoet.CodeBlock;
import org.springframework.javapoet.MethodSpec;
import org.springframework.web.bind.annotation.ControllerAdvice;

/**
 * Settles at the build which beans carry the annotations that Spring Boot asks all beans for in
 * each start. Most beans are auto-configurations, and Java makes a class for each annotation that
 * it reads of them.
 */
final class SettledAnnotations implements BeanFactoryInitializationAotProcessor {
  static final List<Class<? extends Annotation>> SOUGHT =
      List.of(
          ConfigurationProperties.class,
          ControllerAdvice.class,
          Endpoint.class,
          EndpointExtension.class,
          FilterRegistration.class,
          JacksonComponent.class);

  @Override
  public BeanFactoryInitializationAotContribution processAheadOfTime(
      ConfigurableListableBeanFactory beans) {
    return (context, code) -> {
      GeneratedMethod settle = code.getMethods().add("settleAnnotations", of(beans));
      code.addInitializer(settle.toMethodReference());
    };
  }

  private static Consumer<MethodSpec.Builder> of(ConfigurableListableBeanFactory beans) {
    return method -> {
      method.addModifiers(Modifier.PRIVATE, Modifier.STATIC);
      method.addParameter(DefaultListableBeanFactory.class, "beanFactory");
      method.beginControlFlow("if (beanFactory instanceof $T settled)", SettledBeanFactory.class);
      for (Class<? extends Annotation> annotation : SOUGHT) {
        CodeBlock carriers =
            Arrays.stream(beans.getBeanNamesForAnnotation(annotation))
                .map(bean -> CodeBlock.of(", $S", bean))
                .collect(CodeBlock.joining(""));
        method.addStatement("settled.settle($T.class$L)", annotation, carriers);
      }
      method.endControlFlow();
    };
  }
}
