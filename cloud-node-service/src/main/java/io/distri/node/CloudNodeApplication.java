package io.distri.node;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A CloudNode as a program. */
@SpringBootApplication
public class CloudNodeApplication {
  public static void main(String[] args) {
    SpringApplication.run(CloudNodeApplication.class, args);
  }
}
