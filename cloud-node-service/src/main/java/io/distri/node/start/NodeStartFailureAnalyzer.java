package io.distri.node.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has Spring Boot print a {@link NodeStartException} as a sentence instead of a stack trace. */
final class NodeStartFailureAnalyzer extends AbstractFailureAnalyzer<NodeStartException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, NodeStartException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
  }
}
