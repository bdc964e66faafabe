package com.example.photos;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A service that has photos sealed by the cluster, and keeps a list of them there. */
@SpringBootApplication
public class PhotoApplication {
  public static void main(String[] args) {
    SpringApplication.run(PhotoApplication.class, args);
  }
}
