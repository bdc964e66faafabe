package io.distri.protocol;

import java.util.Set;

/** The names of the built-in services, as they stand in {@code POST /services/{service}}. */
public final class ServiceNames {
  public static final String STATS = "Stats";
  public static final String ENCRYPT = "Encrypt";
  public static final String CREATE_COLLECTION = "CreateCollection";
  public static final String DELETE_COLLECTION = "DeleteCollection";
  public static final String ADD_DOCUMENT = "AddDocument";
  public static final String UPDATE_DOCUMENT = "UpdateDocument";
  public static final String DELETE_DOCUMENT = "DeleteDocument";
  public static final String READ_COLLECTION = "ReadCollection";

  /** The six services of the replicated document DB. */
  public static final Set<String> DB =
      Set.of(
          CREATE_COLLECTION,
          DELETE_COLLECTION,
          ADD_DOCUMENT,
          UPDATE_DOCUMENT,
          DELETE_DOCUMENT,
          READ_COLLECTION);

  private ServiceNames() {}
}
