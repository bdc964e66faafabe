package io.distri.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What all cells came to: each simulated once, on as many threads as there are cores. */
final class Results {

  private final Map<Cell, Measured> measured;

  private Results(Map<Cell, Measured> measured) {
    this.measured = measured;
  }

  static Results of(Collection<Cell> cells) throws InterruptedException, ExecutionException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      Map<Cell, Future<Measured>> begun = new LinkedHashMap<>();
      for (Cell cell : new LinkedHashSet<>(cells)) {
        Callable<Measured> run = () -> Simulation.run(cell.scenario(), cell.rule());
        begun.put(cell, threads.submit(run));
      }
      Map<Cell, Measured> measured = new LinkedHashMap<>();
      for (Map.Entry<Cell, Future<Measured>> entry : begun.entrySet()) {
        measured.put(entry.getKey(), entry.getValue().get());
      }
      return new Results(measured);
    } finally {
      threads.shutdownNow();
    }
  }

  Measured of(Scenario scenario, Rule rule) {
    Measured result = measured.get(new Cell(scenario, rule));
    if (result == null) {
      throw new IllegalArgumentException(rule + " was not simulated in " + scenario.name());
    }
    return result;
  }

  static List<Cell> cells(Collection<Scenario> scenarios, Collection<Rule> rules) {
    List<Cell> cells = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      for (Rule rule : rules) {
        cells.add(new Cell(scenario, rule));
      }
    }
    return cells;
  }
}
