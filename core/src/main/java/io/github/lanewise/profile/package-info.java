/** Events of the JDK's flight recorder: what each layer and each step of training takes. */
@NullMarked
package io.github.lanewise.profile;

import org.jspecify.annotations.NullMarked;
