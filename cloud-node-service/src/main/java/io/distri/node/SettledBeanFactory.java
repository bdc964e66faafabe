package io.distri.node;

import java.lang.annotation.Annotation;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * Knows of the settled beans which carry certain annotations, see {@link SettledAnnotations}, and
 * looks at no other for them. Beans that came later are looked at as ever.
 */
final class SettledBeanFactory extends DefaultListableBeanFactory {
  private final Map<Class<? extends Annotation>, Set<String>> carriers = new HashMap<>();

  /** Takes the names of all settled beans that carry an annotation, before there are beans. */
  void settle(Class<? extends Annotation> annotation, String... beans) {
    carriers.put(annotation, Set.of(beans));
  }

  /** Tells whether it is known that a bean doesn't carry an annotation. */
  boolean lacks(String bean, Class<? extends Annotation> annotation) {
    Set<String> known = carriers.get(annotation);
    return known != null && !known.contains(bean) && containsBeanDefinition(bean);
  }

  @Override
  public <A extends Annotation> @Nullable A findAnnotationOnBean(
      String bean, Class<A> annotation, boolean allowFactoryBeanInit) {
    return lacks(bean, annotation)
        ? null
        : super.findAnnotationOnBean(bean, annotation, allowFactoryBeanInit);
  }
}
