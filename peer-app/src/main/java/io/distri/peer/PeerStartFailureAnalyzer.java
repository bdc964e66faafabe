package io.distri.peer;

import io.distri.peer.vault.PeerStartException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has Spring Boot print a {@link PeerStartException} as a sentence instead of a stack trace. */
final class PeerStartFailureAnalyzer extends AbstractFailureAnalyzer<PeerStartException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, PeerStartException cause) {
    return new FailureAnalysis(cause.getMessage(), "", cause);
  }
}
