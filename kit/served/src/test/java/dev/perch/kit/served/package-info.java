@NullMarked
package dev.perch.kit.served;

import org.jspecify.annotations.NullMarked;
