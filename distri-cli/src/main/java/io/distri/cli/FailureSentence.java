package io.distri.cli;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/**
 * Prints why a node did not start as a sentence or two, where Spring would frame a page in its log.
 */
final class FailureSentence implements FailureAnalysisReporter {

  @Override
  public void report(FailureAnalysis analysis) {
    String action = analysis.getAction();
    System.err.println(
        action == null || action.isBlank()
            ? analysis.getDescription()
            : analysis.getDescription().strip() + " " + action.strip());
  }
}
