package io.distri.node;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.ApplicationContextFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.metrics.TomcatMetricsAutoConfiguration;
import org.springframework.boot.tomcat.metrics.TomcatMetricsBinder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;

/**
 * A CloudNode as a program: without what only users' own nodes may need, which takes its time at
 * each start.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    exclude = {
      AopAutoConfiguration.class,
      TaskSchedulingAutoConfiguration.class,
      TomcatMetricsAutoConfiguration.class
    },
    excludeName =
        "org.springframework.boot.actuate.autoconfigure.endpoint.jackson.Jackson2EndpointAutoConfiguration")
@Import(ProgramMvc.class)
public class CloudNodeApplication {
  public static void main(String[] args) {
    program().run(args);
  }

  /** The program, to be run. */
  public static SpringApplication program() {
    SpringApplication program = new SpringApplication(CloudNodeApplication.class);
    program.setMainApplicationClass(CloudNodeApplication.class);
    program.setApplicationContextFactory(type ->
        AotDetector.useGeneratedArtifacts()
            ? new ServletWebServerApplicationContext(new SettledBeanFactory())
            : ApplicationContextFactory.DEFAULT.create(type));
    return program;
  }

  @Bean
  static SettledAnnotations settledAnnotations() {
    return new SettledAnnotations();
  }

  /** In place of Spring Boot's own. */
  @Bean("org.springframework.boot.context.properties.ConfigurationPropertiesBindingPostProcessor")
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static SettledBinding settledBinding() {
    return new SettledBinding();
  }

  @Bean
  static LazyDescription lazyDescription() {
    return new LazyDescription();
  }

  /**
   * Nothing in the program listens by {@code @EventListener}, for which each start would look at
   * each method of each bean.
   */
  @Bean
  static BeanFactoryPostProcessor withoutListeningMethods() {
    return beans -> {
      String name = AnnotationConfigUtils.EVENT_LISTENER_PROCESSOR_BEAN_NAME;
      if (beans instanceof BeanDefinitionRegistry registry && beans.containsBeanDefinition(name)) {
        registry.removeBeanDefinition(name);
      }
    };
  }

  /**
   * Tomcat's own metrics, where Tomcat has some beside those of sessions, which no node has: they
   * come from the platform's MBean server, and to make that one takes a twentieth of the thread
   * that starts a node.
   */
  @Bean
  @ConditionalOnBooleanProperty("server.tomcat.mbeanregistry.enabled")
  TomcatMetricsBinder tomcatMetricsBinder(MeterRegistry registry) {
    return new TomcatMetricsBinder(registry);
  }
}
