package io.distri.peer.operations;

import io.distri.client.DistriException;
import io.distri.client.RejectedException;
import io.distri.peer.catalog.OwnImages;
import io.distri.peer.catalog.OwnImages.OwnImage;
import io.distri.peer.directory.Directory;
import io.distri.peer.directory.Pulse;
import io.distri.peer.sharing.Messenger;
import io.distri.peer.sharing.Reconciler;
import io.distri.peer.sharing.Watch;
import io.distri.peer.transfer.Deliveries;
import io.distri.peer.transfer.Sealer;
import io.distri.peer.vault.Keys;
import io.distri.peer.vault.ResourceName;
import io.distri.peer.viewing.Viewer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a peer does by itself: says what is to be said to the directory and to other peers, takes in
 * what they say, and seals the person's own images. From time to time, and soon after {@link
 * #kick}.
 */
public final class Engine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  private final Keys keys;
  private final Directory directory;
  private final Watch watch;
  private final Reconciler reconciler;
  private final Messenger messenger;
  private final Deliveries deliveries;
  private final Viewer viewer;
  private final OwnImages images;
  private final Sealer sealer;

  /** Images that the cloud refused: only others of their names are worth a call. */
  private final Map<ResourceName, OwnImage> unfit = new HashMap<>();

  private final Pulse errands;
  private final Pulse reconciling;
  private final Pulse sealing;

  public Engine(
      Keys keys,
      Directory directory,
      Watch watch,
      Reconciler reconciler,
      Messenger messenger,
      Deliveries deliveries,
      Viewer viewer,
      OwnImages images,
      Sealer sealer,
      Duration interval) {
    this.keys = keys;
    this.directory = directory;
    this.watch = watch;
    this.reconciler = reconciler;
    this.messenger = messenger;
    this.deliveries = deliveries;
    this.viewer = viewer;
    this.images = images;
    this.sealer = sealer;
    this.errands = new Pulse("errands", interval, this::runErrands);
    this.reconciling = new Pulse("directory", interval, this::reconcile);
    this.sealing = new Pulse("sealing", interval, this::sealOwn);
  }

  public void start() {
    watch.onNews(reconciling::kick);
    errands.start();
    reconciling.start();
    sealing.start();
  }

  /**
   * Has everything done soon: the directory first, then other peers, where there is a directory.
   */
  public void kick() {
    reconciling.kick();
    if (!directory.online()) {
      errands.kick();
    }
    sealing.kick();
  }

  private void reconcile() {
    reconciler.reconcile();
    errands.kick();
  }

  private void runErrands() {
    viewer.tidy();
    messenger.sendAll();
    deliveries.deliverAll();
  }

  private void sealOwn() {
    for (OwnImage image : images.all()) {
      Path sealed = images.sealed(image.name());
      try {
        boolean old =
            !Files.exists(sealed)
                || Files.getLastModifiedTime(sealed).toMillis() < image.modified();
        if (old && !image.equals(unfit.get(image.name()))) {
          sealer.seal(image.file(), keys.age().recipient().toString(), sealed);
        }
      } catch (RejectedException forGood) {
        unfit.put(image.name(), image);
        log.info("the cloud does not seal {}: {}", image.name(), forGood.getMessage());
      } catch (IOException | DistriException later) {
        log.debug("{} could not be sealed yet", image.name(), later);
      }
    }
  }

  @Override
  public void close() {
    watch.close();
    sealing.close();
    reconciling.close();
    errands.close();
    messenger.close();
    deliveries.close();
  }
}
