package io.distri.client;

/** One rule in one scenario. */
record Cell(Scenario scenario, Rule rule) {}
