package io.distri.node;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** A CloudNode as a program: what any application that depends on the library is. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class CloudNodeApplication {
  public static void main(String[] args) {
    SpringApplication.run(CloudNodeApplication.class, args);
  }
}
