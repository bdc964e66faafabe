package io.distri.node;

import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.ResourceHttpMessageConverter;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Of Spring MVC what the program's controllers use. */
@Configuration(proxyBeanMethods = false)
class ProgramMvc {

  /**
   * What controllers take and give: JSON, text, bytes and files. Spring MVC would add all that it
   * finds the libraries for, such as YAML, whose library comes along with springdoc.
   */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  ServerHttpMessageConvertersCustomizer convertersInUse() {
    return converters ->
        converters
            .disableDefaults()
            .addCustomConverter(new ByteArrayHttpMessageConverter())
            .addCustomConverter(new ResourceHttpMessageConverter());
  }

  /** Controllers validate nothing by annotations: a validator would be made for that. */
  @Bean
  WebMvcConfigurer withoutValidator() {
    return new WebMvcConfigurer() {
      @Override
      public Validator getValidator() {
        return new NoValidator();
      }
    };
  }

  private static final class NoValidator implements Validator {
    @Override
    public boolean supports(Class<?> type) {
      return false;
    }

    @Override
    public void validate(Object target, Errors errors) {
      throw new IllegalArgumentException("supports nothing");
    }
  }
}
