@NullMarked
package dev.perch.kit.seal;

import org.jspecify.annotations.NullMarked;
