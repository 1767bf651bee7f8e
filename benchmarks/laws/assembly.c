/* Ionic transport, electronic conduction and heat conduction over all faces, with derivatives, as src/Discretization/FaceTerm.cs sums them: what gcc -O3 -march=native makes of the same loop is the
   measure of the managed one. Every cell has c, φ_e, φ_s, T. */
#include <stdint.h>
#include <string.h>

typedef double vec __attribute__((vector_size(32)));
typedef double pair_vec __attribute__((vector_size(16)));

/* A number and its derivatives by the unknowns of the left and the right cell. */
typedef struct {
  double number;
  vec left, right;
} Dual;

typedef struct {
  uint32_t right; /* the direction in the upper two bits */
  int32_t left;
  double left_length, right_length;
} Face;

typedef struct {
  double value, by_salt, by_temperature;
} Property;

typedef struct {
  Property conductivity, diffusivity;
  double log_salt, log_slope;
} Electrolyte;

/* One value per region or per cell: cells hold the number of theirs. */
typedef struct {
  const double *values;
  const int32_t *number;
} CellProperty;

typedef struct {
  const Face *faces;
  int64_t count;
  const double *salt, *ionic, *electronic, *temperature;
  CellProperty transport, conduction, heat_through, heat_in_plane;
  const int32_t *first_row, *own_start;
  const int16_t *distances;
  const Electrolyte *electrolyte;
  const double *scale;
  double *residual, *jacobian;
  double reference, transference, activity, factor; /* factor: 2R/F */
  double inverse_faraday;
} Box;

static inline Dual add(Dual a, Dual b) { return (Dual){a.number + b.number, a.left + b.left, a.right + b.right}; }
static inline Dual subtract(Dual a, Dual b) { return (Dual){a.number - b.number, a.left - b.left, a.right - b.right}; }
static inline Dual times(double a, Dual b) { return (Dual){a * b.number, a * b.left, a * b.right}; }
static inline Dual product(Dual a, Dual b) {
  return (Dual){a.number * b.number, a.left * b.number + b.left * a.number, a.right * b.number + b.right * a.number};
}

static inline Dual drop(const double *values, int left, int right, vec unit) { return (Dual){values[left] - values[right], unit, -unit}; }

static inline Dual mean(const Property *left, const Property *right) {
  return (Dual){0.5 * (left->value + right->value), (vec){0.5 * left->by_salt, 0, 0, 0.5 * left->by_temperature},
                (vec){0.5 * right->by_salt, 0, 0, 0.5 * right->by_temperature}};
}

static inline double of_cell(const CellProperty *property, int cell) { return property->values[property->number[cell]]; }

static inline void add_vec(double *to, vec values) {
  vec sum;
  memcpy(&sum, to, sizeof sum);
  sum += values;
  memcpy(to, &sum, sizeof sum);
}

/* Entries of the cell opposite, one behind the other. */
static inline void add_opposite(double *to, int field, vec values) {
  if (field == 3)
    add_vec(to, values);
  else if (field == 2)
    to[0] += values[2];
  else {
    pair_vec sum;
    memcpy(&sum, to, sizeof sum);
    sum += (pair_vec){values[0], values[1]};
    memcpy(to, &sum, sizeof sum);
    to[2] += values[3];
  }
}

static inline void add_row(const Box *box, int field, int left, int right, Dual leaving, Dual entering, const int16_t *distances) {
  const double scale = box->scale[field];
  double *jacobian = box->jacobian;
  box->residual[left + field] += scale * leaving.number;
  box->residual[right + field] -= scale * entering.number;
  const int left_start = box->own_start[left + field], right_start = box->own_start[right + field];
  add_vec(jacobian + left_start, scale * leaving.left);
  add_opposite(jacobian + left_start + distances[2 * field], field, scale * leaving.right);
  add_vec(jacobian + right_start, -scale * entering.right);
  add_opposite(jacobian + right_start + distances[2 * field + 1], field, -scale * entering.left);
}

void assemble(const Box *box) {
  const vec by_salt = {1, 0, 0, 0}, by_ionic = {0, 1, 0, 0}, by_electronic = {0, 0, 1, 0}, by_temperature = {0, 0, 0, 1};
  for (int64_t i = 0; i < box->count; i++) {
    const Face *face = box->faces + i;
    const int left = face->left, right = face->right & ((1 << 30) - 1);
    const Electrolyte *at_left = box->electrolyte + left, *at_right = box->electrolyte + right;
    const double left_length = face->left_length * of_cell(&box->transport, left), length = left_length + face->right_length * of_cell(&box->transport, right), inverse = 1 / length;

    const Dual ionic_drop = drop(box->ionic, left, right, by_ionic);
    const Dual temperature = {box->reference + 0.5 * (box->temperature[left] + box->temperature[right]), 0.5 * by_temperature, 0.5 * by_temperature};
    const Dual log_drop = {at_left->log_salt - at_right->log_salt, (vec){at_left->log_slope, 0, 0, 0}, (vec){-at_right->log_slope, 0, 0, 0}};
    const Dual diffusion_potential = product(times(box->factor, temperature), times(box->activity, log_drop));
    const Dual ionic = product(times(inverse, mean(&at_left->conductivity, &at_right->conductivity)), subtract(ionic_drop, diffusion_potential));
    const Dual diffusion = product(times(inverse, mean(&at_left->diffusivity, &at_right->diffusivity)), drop(box->salt, left, right, by_salt));
    const Dual salt = add(diffusion, times(box->inverse_faraday, times(box->transference, ionic)));
    const Dual ionic_heat = product(ionic, ionic_drop);

    const Dual left_ionic_heat = times(left_length * inverse, ionic_heat), right_ionic_heat = subtract(ionic_heat, left_ionic_heat);

    const double left_resistance = face->left_length * of_cell(&box->conduction, left), right_resistance = face->right_length * of_cell(&box->conduction, right);
    const Dual electronic = times(1 / (left_resistance + right_resistance), drop(box->electronic, left, right, by_electronic));
    const Dual square = times(2 * electronic.number, electronic), electronic_square = {electronic.number * electronic.number, square.left, square.right};

    const CellProperty *resistivity = face->right >= 1u << 30 ? &box->heat_in_plane : &box->heat_through;
    const double resistance = face->left_length * of_cell(resistivity, left) + face->right_length * of_cell(resistivity, right);
    const Dual heat = times(1 / resistance, drop(box->temperature, left, right, by_temperature));
    const Dual left_heat = add(left_ionic_heat, times(left_resistance, electronic_square));
    const Dual right_heat = add(right_ionic_heat, times(right_resistance, electronic_square));

    const int left_row = box->first_row[left], right_row = box->first_row[right];
    const int16_t *distances = box->distances + 8 * i;
    add_row(box, 0, left_row, right_row, salt, salt, distances);
    add_row(box, 1, left_row, right_row, ionic, ionic, distances);
    add_row(box, 2, left_row, right_row, electronic, electronic, distances);
    add_row(box, 3, left_row, right_row, subtract(heat, left_heat), add(heat, right_heat), distances);
  }
}
