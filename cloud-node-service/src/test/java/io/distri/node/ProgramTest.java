package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.aop.Advisor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.event.EventListener;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** The program is not missing what was left out of it for the sake of its start. */
class ProgramTest {
  private static TestNode node;
  private static ConfigurableListableBeanFactory beans;

  @BeforeAll
  static void start() {
    node = TestNode.alone();
    beans = node.context().getBeanFactory();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void springdoc_is_made_for_who_asks() throws Exception {
    try (TestNode fresh = TestNode.alone()) {
      ConfigurableListableBeanFactory own = fresh.context().getBeanFactory();
      assertThat(own.containsSingleton("openApiResource")).isFalse();
      assertThat(own.containsSingleton("modelConverterRegistrar")).isFalse();
      assertThat(fresh.get("/v3/api-docs").statusCode()).isEqualTo(200);
      assertThat(own.containsSingleton("openApiResource")).isTrue();
      // One that the resource doesn't name.
      assertThat(own.containsSingleton("modelConverterRegistrar")).isTrue();
    }
  }

  @Test
  void nothing_listens_by_annotation_but_what_only_warns_of_the_description() {
    assertThat(typesWith(EventListener.class))
        .allMatch(type -> type.getName().startsWith("org.springdoc."));
  }

  @Test
  void nothing_is_scheduled_or_advised() {
    assertThat(typesWith(Scheduled.class)).isEmpty();
    assertThat(beans.getBeanNamesForType(Advisor.class)).isEmpty();
  }

  private static Stream<Class<?>> typesWith(Class<? extends Annotation> wanted) {
    return Arrays.stream(beans.getBeanDefinitionNames())
        .<Class<?>>map(beans::getType)
        .filter(type -> type != null && !methodsWith(type, wanted).isEmpty());
  }

  private static Set<Method> methodsWith(Class<?> type, Class<? extends Annotation> wanted) {
    return MethodIntrospector.selectMethods(
            type,
            (MethodIntrospector.MetadataLookup<Boolean>)
                method -> AnnotatedElementUtils.hasAnnotation(method, wanted) ? true : null)
        .keySet();
  }

  @Test
  void controllers_speak_json_text_bytes_and_files_alone() {
    assertThat(beans.getBean(RequestMappingHandlerAdapter.class).getMessageConverters())
        .extracting(HttpMessageConverter::getClass)
        .extracting(Class::getSimpleName)
        .containsExactlyInAnyOrder(
            "ByteArrayHttpMessageConverter",
            "ResourceHttpMessageConverter",
            "StringHttpMessageConverter",
            "AllEncompassingFormHttpMessageConverter",
            "JacksonJsonHttpMessageConverter");
  }
}
