package com.example.thumbnail;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A CloudNode that makes thumbnails beside what every node does. */
@SpringBootApplication
public class ThumbnailApplication {
  public static void main(String[] args) {
    SpringApplication.run(ThumbnailApplication.class, args);
  }
}
