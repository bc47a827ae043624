@NullMarked
package dev.perch.kit.web;

import org.jspecify.annotations.NullMarked;
