package io.distri.node;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** A CloudNode as a program. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class CloudNodeApplication {
  public static void main(String[] args) {
    SpringApplication.run(CloudNodeApplication.class, args);
  }
}
