package com.example.photos;

import io.distri.client.DistriClient;
import io.distri.client.DistriCollections;
import io.distri.client.DocumentQuery;
import io.distri.client.RefusedEverywhereException;
import io.distri.client.RejectedException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RestController
class PhotoController {
  private static final String COLLECTION = "photos";

  private final DistriClient distri;
  private final DistriCollections collections;
  private final JsonMapper json;

  PhotoController(DistriClient distri, DistriCollections collections, JsonMapper json) {
    this.distri = distri;
    this.collections = collections;
    this.json = json;
  }

  /** Takes a photo and gives a picture that carries it sealed. */
  @PutMapping(path = "/photos/{name}", produces = MediaType.IMAGE_PNG_VALUE)
  byte[] seal(@PathVariable String name, @RequestBody byte[] photo) {
    byte[] sealed = distri.sendData(photo, "Encrypt");
    collections.create(COLLECTION);
    ObjectNode entry = json.createObjectNode();
    entry.put("UUID", name).put("bytes", photo.length).put("sealedBytes", sealed.length);
    collections.update(COLLECTION, entry);
    return sealed;
  }

  /** What was sealed so far, by any instance of this service. */
  @GetMapping("/photos")
  List<ObjectNode> list() {
    collections.create(COLLECTION);
    return collections.read(COLLECTION, DocumentQuery.all());
  }

  /** What the cluster says of a bad photo goes to the caller. */
  @ExceptionHandler
  ProblemDetail rejected(RejectedException rejected) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, rejected.getMessage());
  }

  @ExceptionHandler
  ProblemDetail noRoom(RefusedEverywhereException refused) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.SERVICE_UNAVAILABLE, "Too busy; try again in a moment.");
  }
}
