/* The loops of src/Solvers/Linear/BlockKernel.cs in C, and STREAM triad: what gcc -O3 -march=native makes of them is the measure of the managed ones. */
#include <stdint.h>
#include <string.h>

typedef double vec __attribute__((vector_size(64)));

typedef struct {
  int32_t cells, columns, width;
  const uint8_t *sizes, *below_counts, *above_counts;
  const uint16_t *below, *above; /* in doubles: eight times the column */
  const int32_t *first_slot, *start, *first_below, *first_above, *first_columns;
} Shape;

static inline void solve_block(const vec *restrict d, int n, const vec *from, int stride, vec *to, int stride_to) {
  if (n == 4) {
    vec x0 = from[0], x1 = from[stride] - d[4] * x0, x2 = from[2 * stride] - d[8] * x0 - d[9] * x1;
    vec x3 = (from[3 * stride] - d[12] * x0 - d[13] * x1 - d[14] * x2) * d[15];
    x2 = (x2 - d[11] * x3) * d[10];
    x1 = (x1 - d[7] * x3 - d[6] * x2) * d[5];
    x0 = (x0 - d[3] * x3 - d[2] * x2 - d[1] * x1) * d[0];
    to[0] = x0, to[stride_to] = x1, to[2 * stride_to] = x2, to[3 * stride_to] = x3;
  } else {
    vec x0 = from[0], x1 = from[stride] - d[3] * x0, x2 = (from[2 * stride] - d[6] * x0 - d[7] * x1) * d[8];
    x1 = (x1 - d[5] * x2) * d[4];
    x0 = (x0 - d[2] * x2 - d[1] * x1) * d[0];
    to[0] = x0, to[stride_to] = x1, to[2 * stride_to] = x2;
  }
}

static inline void subtract(const vec *restrict entries, const uint8_t *counts, const uint16_t *columns, int n, const vec *from, vec *to) {
  for (int row = 0; row < n; row++) {
    vec sum = to[row];
    for (int i = 0; i < counts[row]; i++) sum -= *entries++ * from[*columns++ / 8];
    to[row] = sum;
  }
}

void segment_solve(const Shape *s, const vec *factors, vec *x) {
  vec solved[8];
  for (int cell = 0; cell < s->cells; cell++) {
    const int n = s->sizes[cell], first = s->first_slot[cell];
    const vec *block = factors + s->start[cell] / 8;
    subtract(block + n * n, s->below_counts + first, s->below + s->first_below[cell], n, solved, x + first);
    if (cell < s->cells - 1) solve_block(block, n, x + first, 1, solved, 1);
  }
  for (int cell = s->cells - 1; cell >= 0; cell--) {
    const int n = s->sizes[cell], first = s->first_slot[cell];
    const vec *above = factors + s->start[cell + 1] / 8 - (s->first_above[cell + 1] - s->first_above[cell]);
    subtract(above, s->above_counts + first, s->above + s->first_above[cell], n, x + s->first_slot[cell + 1], x + first);
    solve_block(factors + s->start[cell] / 8, n, x + first, 1, x + first, 1);
  }
}

/* rows: those of a cell, as filled; carried: what the cell behind needs. */
static void eliminate(const Shape *s, int cell, vec *restrict rows, vec *factors, vec *right, vec *restrict carried) {
  const int n = s->sizes[cell], first = s->first_slot[cell], width = s->width, columns = s->columns, stride = 3 * width + columns + 1;
  const int behind = cell + 1 < s->cells ? s->sizes[cell + 1] : 0;
  vec *block = factors + s->start[cell] / 8, *entry = block + n * n, *carried_right = carried + width * width;
  int below = s->first_below[cell], above = s->first_above[cell];
  for (int row = 0; row < n; row++) {
    vec *own = rows + row * stride;
    for (int i = 0; i < s->below_counts[first + row]; i++, below++) {
      const int column = s->below[below] / 8;
      const vec value = *entry++ = own[column];
      for (int other = 0; other < n; other++) own[width + other] -= value * carried[other * width + column];
      for (int side = 0; side < columns; side++)
        if (s->first_columns[side] < cell) own[3 * width + side] -= value * carried_right[side * width + column];
    }
    for (int side = 0; side < columns; side++) right[(first + row) * columns + side] = own[3 * width + side];
  }
  for (int pivot = 0; pivot < n; pivot++) {
    const vec *from = rows + pivot * stride + width;
    const vec inverse = rows[pivot * stride + width + pivot] = 1 / from[pivot];
    for (int row = pivot + 1; row < n; row++) {
      vec *to = rows + row * stride + width;
      const vec multiplier = to[pivot] *= inverse;
      for (int column = pivot + 1; column < n; column++) to[column] -= multiplier * from[column];
    }
  }
  for (int row = 0; row < n; row++)
    for (int column = 0; column < n; column++) block[row * n + column] = rows[row * stride + width + column];
  if (!behind) return;
  for (int column = 0; column < behind; column++)
    for (int row = 0; row < n; row++) carried[column * width + row] = (vec){};
  for (int row = 0; row < n; row++)
    for (int i = 0; i < s->above_counts[first + row]; i++, above++) {
      const int column = s->above[above] / 8;
      carried[column * width + row] = *entry++ = rows[row * stride + 2 * width + column];
    }
  for (int column = 0; column < behind; column++) solve_block(block, n, carried + column * width, 1, carried + column * width, 1);
  for (int side = 0; side < columns; side++)
    if (s->first_columns[side] <= cell) solve_block(block, n, rows + 3 * width + side, stride, carried_right + side * width, 1);
}

void segment_factor(const Shape *s, const vec *filled, vec *rows, vec *carried, vec *factors, vec *right) {
  const int stride = 3 * s->width + s->columns + 1, columns = s->columns;
  for (int cell = 0; cell < s->cells; cell++) {
    memcpy(rows, filled + s->first_slot[cell] * stride, sizeof(vec) * stride * s->sizes[cell]);
    eliminate(s, cell, rows, factors, right, carried);
  }
  for (int cell = s->cells - 1; cell >= 0; cell--) {
    const int n = s->sizes[cell], first = s->first_slot[cell];
    vec *own = right + first * columns, *behind = right + s->first_slot[cell + 1] * columns;
    const vec *value = factors + s->start[cell + 1] / 8;
    int entry = s->first_above[cell + 1];
    for (int row = n - 1; row >= 0; row--)
      for (int i = 0; i < s->above_counts[first + row]; i++) {
        const vec factor = *--value;
        const vec *from = behind + s->above[--entry] / 8 * columns;
        for (int side = 0; side < columns; side++) own[row * columns + side] -= factor * from[side];
      }
    for (int side = 0; side < columns; side++) solve_block(factors + s->start[cell] / 8, n, own + side, columns, own + side, columns);
  }
}

void triad(double *restrict a, const double *restrict b, const double *restrict c, int64_t count) {
  for (int64_t i = 0; i < count; i++) a[i] = b[i] + 3 * c[i];
}
