package io.distri.peer.web;

import io.distri.client.DistriClient;
import io.distri.peer.operations.Peer;
import io.distri.peer.sharing.RefusedException;
import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;
import io.distri.peer.viewing.View;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.support.MissingServletRequestPartException;

/** The page and its forms. Each form leads back to the page, which says what came of it. */
@Controller
final class PageController {
  private final Peer peer;
  private final DistriClient cloud;
  private final Cluster cluster;
  private final Secrets secrets;
  private final Viewings viewings;
  private final Notes notes = new Notes();

  PageController(
      Peer peer, DistriClient cloud, Cluster cluster, Secrets secrets, Viewings viewings) {
    this.peer = peer;
    this.cloud = cloud;
    this.cluster = cluster;
    this.secrets = secrets;
    this.viewings = viewings;
  }

  @GetMapping("/")
  String page(
      @RequestParam(name = "page", defaultValue = "0") int page,
      @RequestParam(name = "note", required = false) @Nullable String note,
      Model model) {
    model.addAttribute("id", peer.id());
    model.addAttribute("cluster", cluster.line(cloud, peer.online()));
    model.addAttribute("online", peer.online());
    model.addAttribute("token", secrets.form());
    model.addAttribute("note", notes.find(note).orElse(null));
    model.addAttribute("it", PageModel.of(peer, Math.max(0, Math.min(page, 10_000))));
    return "index";
  }

  @PostMapping("/request")
  String request(
      @RequestParam("provider") String provider,
      @RequestParam("resource") String resource,
      @RequestParam("views") int views) {
    return after(() -> {
      PeerId owner = new PeerId(provider);
      peer.requestResource(owner, ResourceName.of(resource), views);
      return "Asked " + owner.name() + " for " + count(views) + " of " + resource + ".";
    });
  }

  @PostMapping("/grant")
  String grant(
      @RequestParam("user") String user,
      @RequestParam("resource") String resource,
      @RequestParam("views") int views) {
    return after(() -> {
      if (views < 1) {
        throw new RefusedException(RefusedException.Reason.MALFORMED, "Give 1 view or more.");
      }
      PeerId asker = new PeerId(user);
      peer.grantResource(asker, ResourceName.of(resource), views);
      return "Gave " + asker.name() + " " + count(views) + " of " + resource + ".";
    });
  }

  @PostMapping("/deny")
  String deny(@RequestParam("user") String user, @RequestParam("resource") String resource) {
    return after(() -> {
      PeerId asker = new PeerId(user);
      peer.grantResource(asker, ResourceName.of(resource), 0);
      return "Refused " + asker.name() + " " + resource + ".";
    });
  }

  @PostMapping("/change")
  String change(
      @RequestParam("user") String user,
      @RequestParam("resource") String resource,
      @RequestParam("views") int views) {
    return after(() -> {
      PeerId viewer = new PeerId(user);
      peer.updatePermissions(viewer, ResourceName.of(resource), views);
      return views == 0
          ? "Took " + resource + " back from " + viewer.name() + "."
          : viewer.name() + " now has " + count(views) + " of " + resource + " left.";
    });
  }

  @PostMapping("/view")
  String view(
      @RequestParam("provider") String provider, @RequestParam("resource") String resource) {
    try {
      PeerId owner = new PeerId(provider);
      ResourceName name = ResourceName.of(resource);
      return "redirect:/viewing/" + viewings.add(owner, name, peer.accessResource(owner, name));
    } catch (RefusedException e) {
      return back(e.sentence(), true);
    } catch (IllegalArgumentException malformed) {
      return back("There is no such image.", true);
    }
  }

  @GetMapping("/viewing/{token}")
  String viewing(@PathVariable("token") String token, Model model) {
    Optional<Viewings.Viewing> viewing = viewings.find(token);
    if (viewing.isEmpty()) {
      return back("That view has been shown.", true);
    }
    model.addAttribute("viewing", viewing.get());
    model.addAttribute("token", token);
    return "viewing";
  }

  /** The one time that the image of a view is shown. */
  @GetMapping("/viewing/{token}/image")
  void image(@PathVariable("token") String token, HttpServletResponse response) throws IOException {
    Optional<Viewings.Viewing> viewing = viewings.take(token);
    if (viewing.isEmpty()) {
      response.setStatus(HttpServletResponse.SC_GONE);
      return;
    }
    try (View view = viewing.get().view();
        ImageResponse image = new ImageResponse(response)) {
      view.show(image);
    }
  }

  @GetMapping("/thumbnail")
  ResponseEntity<byte[]> thumbnail(
      @RequestParam("owner") String owner, @RequestParam("name") String name) {
    try {
      return peer.thumbnail(new PeerId(owner), new ResourceName(name))
          .map(png -> ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).body(png))
          .orElse(ResponseEntity.notFound().build());
    } catch (IllegalArgumentException noName) {
      return ResponseEntity.notFound().build();
    }
  }

  @PostMapping("/upload")
  String upload(
      @RequestParam("image") MultipartFile image,
      @RequestParam(name = "thumbnail", defaultValue = "false") boolean thumbnail) {
    return after(() -> {
      String file = Optional.ofNullable(image.getOriginalFilename()).orElse("");
      ResourceName name =
          ResourceName.of(
              file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1));
      try (InputStream content = image.getInputStream()) {
        peer.addImage(name, content, thumbnail);
      }
      return "Published " + name + ".";
    });
  }

  @PostMapping("/delete")
  String delete(@RequestParam("resource") String resource) {
    return after(() -> {
      peer.deleteImage(ResourceName.of(resource));
      return "Deleted " + resource + ".";
    });
  }

  @ExceptionHandler
  String tooLarge(MaxUploadSizeExceededException e) {
    return back("Not done: the image is too large.", true);
  }

  @ExceptionHandler({
    MethodArgumentTypeMismatchException.class,
    ServletRequestBindingException.class,
    MissingServletRequestPartException.class,
    MultipartException.class
  })
  String incomplete() {
    return back("Not done: something in the form is missing, or is no number.", true);
  }

  /** What a form has done, in a sentence. */
  private interface Deed {
    String done() throws IOException;
  }

  private String after(Deed deed) {
    try {
      return back(deed.done(), false);
    } catch (RefusedException e) {
      return back(e.sentence(), true);
    } catch (IllegalArgumentException malformed) {
      return back("Not done: " + malformed.getMessage() + ".", true);
    } catch (IOException e) {
      return back("Not done: the disk of this machine refused.", true);
    }
  }

  private String back(String sentence, boolean failed) {
    return "redirect:/?note=" + notes.add(sentence, failed);
  }

  private static String count(int views) {
    return views == 1 ? "1 view" : views + " views";
  }
}
