@NullMarked
package dev.perch.contract;

import org.jspecify.annotations.NullMarked;
