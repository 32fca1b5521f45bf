package org.ridgeline.features;

import org.ridgeline.base.Words;

/** The feature maps, each with the kernel that it approximates. */
public enum MapKind {
  /** Cosine and sine of Gaussian frequencies (Rahimi and Recht 2007): the default. */
  RFF(Kernel.RBF, Layout.PAIRS),
  /** Cosines of Gaussian frequencies with a uniform offset; more variance than pairs. */
  RFF_COS(Kernel.RBF, Layout.OFFSETS),
  /** Pairs with orthogonal Gaussian frequencies (Yu et al. 2016); less variance than pairs. */
  ORF(Kernel.RBF, Layout.PAIRS),
  /** Pairs with Cauchy frequencies. */
  LAPLACE(Kernel.LAPLACE, Layout.PAIRS),
  /** Pairs with frequencies of the t distribution on 3 degrees of freedom. */
  MATERN32(Kernel.MATERN32, Layout.PAIRS),
  /** Pairs with frequencies of the t distribution on 5 degrees of freedom. */
  MATERN52(Kernel.MATERN52, Layout.PAIRS),
  /** Step neurons {@code 1{w'x > 0}}. */
  ARCCOS0(Kernel.ARCCOS0, Layout.NEURONS),
  /** ReLU neurons {@code max(w'x, 0)}. */
  ARCCOS1(Kernel.ARCCOS1, Layout.NEURONS),
  /** Squared ReLU neurons {@code max(w'x, 0)^2}. */
  ARCCOS2(Kernel.ARCCOS2, Layout.NEURONS),
  /** Gradient of a two-layer ReLU network in its weights, neuron by neuron. */
  NTK(Kernel.NTK, Layout.GRADIENTS),
  /** {@code L^-1 k_m(x)} of given centers with {@code K_mm = L L'}: any radial kernel. */
  NYSTROM(Kernel.RBF, Layout.CENTERS);

  /** The features of one unit. */
  enum Layout {
    PAIRS,
    OFFSETS,
    NEURONS,
    GRADIENTS,
    CENTERS
  }

  private final Kernel kernel;
  private final Layout layout;

  MapKind(Kernel kernel, Layout layout) {
    this.kernel = kernel;
    this.layout = layout;
  }

  /** Returns its word in options and files. */
  public String label() {
    return Words.of(this);
  }

  /** Returns the kind with this label. */
  public static MapKind of(String label) {
    return Words.find(MapKind.class, label)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        "Cannot find the feature map '%s': expected one of %s",
                        label, String.join(", ", Words.all(MapKind.class)))));
  }

  /** Returns the kernel that it approximates; for Nystrom the default one. */
  public Kernel kernel() {
    return kernel;
  }

  /** Whether its kernel is a function of a distance in units of a length scale. */
  public boolean hasLengthScale() {
    return kernel.isRadial();
  }

  /** Whether a constant coordinate may be appended to its inputs. */
  public boolean hasBias() {
    return !kernel.isRadial();
  }

  Layout layout() {
    return layout;
  }
}
