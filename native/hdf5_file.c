/* HDF5 files as one process sees them: nothing here talks to another rank, so nothing here can wait for one. */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static herr_t append_frame(unsigned depth, const H5E_error2_t *frame, void *context) {
  (void)context;
  c3d_error_append("%s%s\n  at %s() %s:%u", depth == 0 ? "" : "\n  from ", frame->desc ? frame->desc : "?", frame->func_name, frame->file_name,
                   frame->line);
  return 0;
}

static int32_t hdf5_failed(const char *call) {
  c3d_error_reset();
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, append_frame, NULL);
  c3d_error_append("\n  in %s", call);
  return C3D_HDF5_FAILED;
}

/* Frees what was opened, in reverse order, on every way out. */
typedef struct {
  hid_t ids[8];
  int count;
} Owned;

static hid_t own(Owned *owned, hid_t id) {
  if (owned->count == sizeof owned->ids / sizeof *owned->ids) abort(); /* a mistake in this file */
  if (id >= 0) owned->ids[owned->count++] = id;
  return id;
}

static void release(Owned *owned) {
  while (owned->count > 0) {
    const hid_t id = owned->ids[--owned->count];
    switch (H5Iget_type(id)) {
      case H5I_DATASET: H5Dclose(id); break;
      case H5I_DATASPACE: H5Sclose(id); break;
      case H5I_DATATYPE: H5Tclose(id); break;
      case H5I_ATTR: H5Aclose(id); break;
      case H5I_GENPROP_LST: H5Pclose(id); break;
      default: H5Oclose(id); break;
    }
  }
}

#define HDF5_TRY(owned, call)                     \
  do {                                            \
    if ((call) < 0) {                             \
      const int32_t status_ = hdf5_failed(#call); \
      release(owned);                             \
      return status_;                             \
    }                                             \
  } while (0)

static hid_t memory_type(int32_t type) {
  switch (type) {
    case C3D_DOUBLE: return H5T_NATIVE_DOUBLE;
    case C3D_FLOAT: return H5T_NATIVE_FLOAT;
    case C3D_INT64: return H5T_NATIVE_INT64;
    case C3D_INT32: return H5T_NATIVE_INT32;
    default: return H5T_NATIVE_UINT8;
  }
}

static hid_t file_type(int32_t type) {
  switch (type) {
    case C3D_DOUBLE: return H5T_IEEE_F64LE;
    case C3D_FLOAT: return H5T_IEEE_F32LE;
    case C3D_INT64: return H5T_STD_I64LE;
    case C3D_INT32: return H5T_STD_I32LE;
    default: return H5T_STD_U8LE;
  }
}

static int32_t access_list(Owned *owned, hid_t *list) {
  HDF5_TRY(owned, *list = own(owned, H5Pcreate(H5P_FILE_ACCESS)));
  HDF5_TRY(owned, H5Pset_libver_bounds(*list, H5F_LIBVER_V18, H5F_LIBVER_LATEST));
  HDF5_TRY(owned, H5Pset_fclose_degree(*list, H5F_CLOSE_STRONG));
  return C3D_OK;
}

/* Bytes at the start of a new file for everything but values; 40 fields with their attributes take 30 kB. */
enum { METADATA_BYTES = 32768 };

static int lost;

/* HDF5 (1.10) frees a file that it could not bring to the disk and keeps its identifier: closing it again, or the library, crashes. */
int c3d_h5_lost(void) { return lost; }

static int write_zeros(int descriptor) {
  static const char zeros[4096];
  for (off_t at = 0; at < METADATA_BYTES; at += (off_t)sizeof zeros)
    if (pwrite(descriptor, zeros, sizeof zeros, at) != (ssize_t)sizeof zeros) return -1;
  return 0;
}

/* Room on the disk for the metadata, so that HDF5 meets no full disk. */
static int32_t reserve(const char *path, int flags) {
  const int descriptor = open(path, O_RDWR | O_CLOEXEC | flags, 0666);
  if (descriptor < 0) return c3d_fail(C3D_SYSTEM_FAILED, "%s", strerror(errno));
  errno = 0;
  int failed = fallocate(descriptor, FALLOC_FL_KEEP_SIZE, 0, METADATA_BYTES);
  if (failed && (errno == EOPNOTSUPP || errno == ENOSYS || errno == EINVAL)) failed = write_zeros(descriptor);
  const int reason = errno ? errno : ENOSPC;
  close(descriptor);
  return failed ? c3d_fail(C3D_SYSTEM_FAILED, "%s", strerror(reason)) : C3D_OK;
}

int32_t c3d_h5_create(const char *path, int64_t *file) {
  Owned owned = {.count = 0};
  hid_t list = -1;
  int32_t status = reserve(path, O_CREAT | O_TRUNC);
  if (status != C3D_OK) return status;
  status = access_list(&owned, &list);
  if (status != C3D_OK) return status;
  HDF5_TRY(&owned, H5Pset_meta_block_size(list, METADATA_BYTES));
  HDF5_TRY(&owned, *file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, list));
  release(&owned);
  /* Creating has given the room back; somebody else may have taken it since. */
  status = reserve(path, 0);
  if (status != C3D_OK) lost = 1;
  return status;
}

int32_t c3d_h5_open(const char *path, int64_t *file) {
  Owned owned = {.count = 0};
  hid_t list = -1;
  const int32_t status = access_list(&owned, &list);
  if (status != C3D_OK) return status;
  HDF5_TRY(&owned, *file = H5Fopen(path, H5F_ACC_RDONLY, list));
  release(&owned);
  return C3D_OK;
}

int32_t c3d_h5_close(int64_t file) {
  if (H5Fclose(file) >= 0) return C3D_OK;
  lost = 1;
  return hdf5_failed("H5Fclose");
}

/* H5Lexists fails, rather than answering no, when a parent is missing: ask part by part. */
int32_t c3d_h5_exists(int64_t file, const char *path, int32_t *exists) {
  char part[1024];
  const size_t length = strlen(path);
  *exists = 1;
  if (length >= sizeof part) return c3d_fail(C3D_ARGUMENT, "%s: the path inside the file is too long.", path);
  for (size_t i = 1; i <= length && *exists; i++) {
    if ((path[i] != '/' && path[i] != '\0') || path[i - 1] == '/') continue;
    memcpy(part, path, i);
    part[i] = '\0';
    const htri_t found = H5Lexists(file, part, H5P_DEFAULT);
    if (found < 0) return hdf5_failed("H5Lexists");
    *exists = found > 0;
  }
  return C3D_OK;
}

static int32_t intermediate_groups(Owned *owned, hid_t *list) {
  HDF5_TRY(owned, *list = own(owned, H5Pcreate(H5P_LINK_CREATE)));
  HDF5_TRY(owned, H5Pset_create_intermediate_group(*list, 1));
  return C3D_OK;
}

int32_t c3d_h5_group(int64_t file, const char *path) {
  Owned owned = {.count = 0};
  hid_t links = -1;
  int32_t exists = 0;
  int32_t status = c3d_h5_exists(file, path, &exists);
  if (status != C3D_OK || exists) return status;
  status = intermediate_groups(&owned, &links);
  if (status != C3D_OK) return status;
  HDF5_TRY(&owned, own(&owned, H5Gcreate2(file, path, links, H5P_DEFAULT, H5P_DEFAULT)));
  release(&owned);
  return C3D_OK;
}

int32_t c3d_h5_link_external(int64_t file, const char *path, const char *target_file, const char *target_path) {
  Owned owned = {.count = 0};
  hid_t links = -1;
  const int32_t status = intermediate_groups(&owned, &links);
  if (status != C3D_OK) return status;
  HDF5_TRY(&owned, H5Lcreate_external(target_file, target_path, file, path, links, H5P_DEFAULT));
  release(&owned);
  return C3D_OK;
}

static int32_t write_attribute(int64_t file, const char *object, const char *name, hid_t stored, hid_t memory, int64_t count, const void *values,
                               Owned *owned) {
  const hsize_t size = (hsize_t)(count < 0 ? 0 : count);
  hid_t target, space, attribute;
  HDF5_TRY(owned, space = own(owned, count < 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &size, NULL)));
  HDF5_TRY(owned, target = own(owned, H5Oopen(file, object, H5P_DEFAULT)));
  HDF5_TRY(owned, attribute = own(owned, H5Acreate2(target, name, stored, space, H5P_DEFAULT, H5P_DEFAULT)));
  HDF5_TRY(owned, H5Awrite(attribute, memory, values));
  release(owned);
  return C3D_OK;
}

/* A negative count writes a scalar. */
int32_t c3d_h5_write_attribute(int64_t file, const char *object, const char *name, int32_t type, int64_t count, const void *values) {
  Owned owned = {.count = 0};
  return write_attribute(file, object, name, file_type(type), memory_type(type), count, values, &owned);
}

/* Fixed length, ASCII, as VTKHDF asks for its `Type`. */
int32_t c3d_h5_write_attribute_text(int64_t file, const char *object, const char *name, const char *text) {
  Owned owned = {.count = 0};
  const size_t length = strlen(text);
  hid_t type;
  HDF5_TRY(&owned, type = own(&owned, H5Tcopy(H5T_C_S1)));
  HDF5_TRY(&owned, H5Tset_size(type, length > 0 ? length : 1));
  HDF5_TRY(&owned, H5Tset_strpad(type, H5T_STR_NULLPAD));
  HDF5_TRY(&owned, H5Tset_cset(type, H5T_CSET_ASCII));
  return write_attribute(file, object, name, type, type, -1, text, &owned);
}

static int32_t write_texts(Owned *owned, int64_t file, const char *path, int64_t count, const char **texts) {
  const hsize_t size = (hsize_t)count;
  hid_t type, space, links, dataset;
  HDF5_TRY(owned, type = own(owned, H5Tcopy(H5T_C_S1)));
  HDF5_TRY(owned, H5Tset_size(type, H5T_VARIABLE));
  HDF5_TRY(owned, H5Tset_cset(type, H5T_CSET_ASCII));
  HDF5_TRY(owned, space = own(owned, H5Screate_simple(1, &size, NULL)));
  const int32_t status = intermediate_groups(owned, &links);
  if (status != C3D_OK) return status;
  HDF5_TRY(owned, dataset = own(owned, H5Dcreate2(file, path, type, space, links, H5P_DEFAULT, H5P_DEFAULT)));
  HDF5_TRY(owned, H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts));
  release(owned);
  return C3D_OK;
}

/* Variable length, ASCII: what VTK 9.1 reads as field data. The texts follow each other, every one with `length` bytes that end in zeros. */
int32_t c3d_h5_write_texts(int64_t file, const char *path, int64_t count, int64_t length, const char *texts) {
  Owned owned = {.count = 0};
  const char **starts = malloc((size_t)count * sizeof *starts);
  if (starts == NULL) return c3d_no_memory("texts");
  for (int64_t i = 0; i < count; i++) starts[i] = texts + (i * length);
  const int32_t status = write_texts(&owned, file, path, count, starts);
  free(starts);
  return status;
}

int32_t c3d_h5_attribute_size(int64_t file, const char *object, const char *name, int64_t *count, int64_t *element_size) {
  Owned owned = {.count = 0};
  hid_t attribute, space, type;
  HDF5_TRY(&owned, attribute = own(&owned, H5Aopen_by_name(file, object, name, H5P_DEFAULT, H5P_DEFAULT)));
  HDF5_TRY(&owned, space = own(&owned, H5Aget_space(attribute)));
  HDF5_TRY(&owned, type = own(&owned, H5Aget_type(attribute)));
  HDF5_TRY(&owned, *count = H5Sget_simple_extent_npoints(space));
  *element_size = (int64_t)H5Tget_size(type);
  release(&owned);
  return C3D_OK;
}

/* `capacity` counts the numbers that `values` holds. */
int32_t c3d_h5_read_attribute(int64_t file, const char *object, const char *name, int32_t type, int64_t capacity, void *values) {
  Owned owned = {.count = 0};
  hid_t attribute, space;
  hssize_t count;
  HDF5_TRY(&owned, attribute = own(&owned, H5Aopen_by_name(file, object, name, H5P_DEFAULT, H5P_DEFAULT)));
  HDF5_TRY(&owned, space = own(&owned, H5Aget_space(attribute)));
  HDF5_TRY(&owned, count = H5Sget_simple_extent_npoints(space));
  if (count > capacity) {
    release(&owned);
    return c3d_fail(C3D_ARGUMENT, "Attribute %s of %s holds %lld numbers; there is room for %lld.", name, object, (long long)count, (long long)capacity);
  }
  HDF5_TRY(&owned, H5Aread(attribute, memory_type(type), values));
  release(&owned);
  return C3D_OK;
}

/* `capacity` counts bytes; the text ends where a null byte or the capacity does. */
int32_t c3d_h5_read_attribute_text(int64_t file, const char *object, const char *name, char *text, int64_t capacity) {
  Owned owned = {.count = 0};
  hid_t attribute, type, space;
  hssize_t count;
  HDF5_TRY(&owned, attribute = own(&owned, H5Aopen_by_name(file, object, name, H5P_DEFAULT, H5P_DEFAULT)));
  HDF5_TRY(&owned, type = own(&owned, H5Aget_type(attribute)));
  HDF5_TRY(&owned, space = own(&owned, H5Aget_space(attribute)));
  HDF5_TRY(&owned, count = H5Sget_simple_extent_npoints(space));
  if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0 || count != 1) {
    release(&owned);
    return c3d_fail(C3D_ARGUMENT, "Attribute %s of %s is not one text of fixed length.", name, object);
  }
  const size_t size = H5Tget_size(type);
  if (capacity < 0 || size > (uint64_t)capacity) {
    release(&owned);
    return c3d_fail(C3D_ARGUMENT, "Attribute %s of %s has %zu bytes; there is room for %lld.", name, object, size, (long long)capacity);
  }
  HDF5_TRY(&owned, H5Aread(attribute, type, text));
  release(&owned);
  return C3D_OK;
}

static int32_t storage_layout(hid_t list, int32_t dimensions, const hsize_t *shape, int64_t chunk_rows, int32_t deflate, int32_t shuffle,
                              int32_t fletcher32, Owned *owned) {
  hsize_t chunk[8];
  for (int32_t d = 0; d < dimensions; d++) chunk[d] = shape[d];
  if ((hsize_t)chunk_rows < chunk[0]) chunk[0] = (hsize_t)chunk_rows;
  HDF5_TRY(owned, H5Pset_chunk(list, dimensions, chunk));
  if (shuffle) HDF5_TRY(owned, H5Pset_shuffle(list));
  if (deflate > 0) HDF5_TRY(owned, H5Pset_deflate(list, (unsigned)deflate));
  if (fletcher32) HDF5_TRY(owned, H5Pset_fletcher32(list));
  return C3D_OK;
}

/* Contiguous storage gets its place in the file at once, so that rows may be written there without HDF5. */
static int32_t fixed_place(hid_t list, Owned *owned) {
  HDF5_TRY(owned, H5Pset_layout(list, H5D_CONTIGUOUS));
  HDF5_TRY(owned, H5Pset_alloc_time(list, H5D_ALLOC_TIME_EARLY));
  HDF5_TRY(owned, H5Pset_fill_time(list, H5D_FILL_TIME_NEVER));
  return C3D_OK;
}

static int32_t extent_of(const char *path, int32_t dimensions, const int64_t *shape, hsize_t extent[8], int *empty) {
  *empty = 0;
  if (dimensions < 0 || dimensions > 8) return c3d_fail(C3D_ARGUMENT, "%s: %d dimensions; 0 to 8 are possible.", path, dimensions);
  for (int32_t d = 0; d < dimensions; d++) {
    if (shape[d] < 0) return c3d_fail(C3D_ARGUMENT, "%s: an extent is negative.", path);
    extent[d] = (hsize_t)shape[d];
    *empty |= shape[d] == 0;
  }
  return C3D_OK;
}

/* Makes a dataset; offset: first byte of its values in the file, -1 where they have no fixed place (chunks, nothing to store). */
int32_t c3d_h5_dataset(int64_t file, const char *path, int32_t type, int32_t dimensions, const int64_t *shape, int64_t chunk_rows, int32_t deflate,
                       int32_t shuffle, int32_t fletcher32, int64_t *offset) {
  Owned owned = {.count = 0};
  hsize_t extent[8] = {0};
  hid_t links, layout, space, dataset;
  int empty = 0;
  *offset = -1;
  int32_t status = extent_of(path, dimensions, shape, extent, &empty);
  if (status != C3D_OK) return status;
  status = intermediate_groups(&owned, &links);
  if (status != C3D_OK) return status;
  const int chunked = chunk_rows > 0 && dimensions > 0 && !empty;
  HDF5_TRY(&owned, layout = own(&owned, H5Pcreate(H5P_DATASET_CREATE)));
  status = chunked ? storage_layout(layout, dimensions, extent, chunk_rows, deflate, shuffle, fletcher32, &owned) : fixed_place(layout, &owned);
  if (status != C3D_OK) return status;
  HDF5_TRY(&owned, space = own(&owned, dimensions == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(dimensions, extent, NULL)));
  HDF5_TRY(&owned, dataset = own(&owned, H5Dcreate2(file, path, file_type(type), space, links, layout, H5P_DEFAULT)));
  if (!chunked && !empty) {
    const haddr_t place = H5Dget_offset(dataset);
    if (place == HADDR_UNDEF) {
      release(&owned);
      return c3d_fail(C3D_HDF5_FAILED, "%s has no place in the file.", path);
    }
    *offset = (int64_t)place;
  }
  release(&owned);
  return C3D_OK;
}

/* Selects rows of a dataset; `values` counts the numbers the caller holds for them. */
static int32_t select_rows(const char *path, hid_t space, int64_t row_offset, int64_t rows, int64_t values, Owned *owned, hid_t *memory) {
  hsize_t shape[8] = {0}, start[8] = {0};
  int dimensions;
  HDF5_TRY(owned, dimensions = H5Sget_simple_extent_ndims(space));
  if (dimensions > 8 || row_offset < 0 || rows < 0) {
    release(owned);
    return c3d_fail(C3D_ARGUMENT, "%s: %d dimensions, %lld rows from %lld are not possible.", path, dimensions, (long long)rows, (long long)row_offset);
  }
  HDF5_TRY(owned, H5Sget_simple_extent_dims(space, shape, NULL));
  uint64_t needed = (uint64_t)rows;
  for (int d = 1; d < dimensions; d++) needed *= shape[d];
  if (needed != (uint64_t)values) {
    release(owned);
    return c3d_fail(C3D_ARGUMENT, "%s: %lld rows are %llu values, not %lld.", path, (long long)rows, (unsigned long long)needed, (long long)values);
  }
  if (dimensions == 0) {
    HDF5_TRY(owned, *memory = own(owned, H5Screate(H5S_SCALAR)));
    return C3D_OK;
  }
  start[0] = (hsize_t)row_offset;
  shape[0] = (hsize_t)rows;
  HDF5_TRY(owned, *memory = own(owned, H5Screate_simple(dimensions, shape, NULL)));
  HDF5_TRY(owned, H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, shape, NULL));
  return C3D_OK;
}

/* Fills rows of a dataset that was made before. */
int32_t c3d_h5_write(int64_t file, const char *path, int32_t type, int64_t row_offset, int64_t rows, int64_t count, const void *values) {
  Owned owned = {.count = 0};
  hid_t dataset, space, memory;
  if (rows == 0) return C3D_OK;
  HDF5_TRY(&owned, dataset = own(&owned, H5Dopen2(file, path, H5P_DEFAULT)));
  HDF5_TRY(&owned, space = own(&owned, H5Dget_space(dataset)));
  const int32_t status = select_rows(path, space, row_offset, rows, count, &owned, &memory);
  if (status != C3D_OK) return status;
  HDF5_TRY(&owned, H5Dwrite(dataset, memory_type(type), memory, space, H5P_DEFAULT, values));
  release(&owned);
  return C3D_OK;
}

int32_t c3d_h5_shape(int64_t file, const char *path, int32_t *dimensions, int64_t shape[8]) {
  Owned owned = {.count = 0};
  hsize_t extent[8] = {0};
  hid_t dataset, space;
  HDF5_TRY(&owned, dataset = own(&owned, H5Dopen2(file, path, H5P_DEFAULT)));
  HDF5_TRY(&owned, space = own(&owned, H5Dget_space(dataset)));
  HDF5_TRY(&owned, *dimensions = H5Sget_simple_extent_ndims(space));
  if (*dimensions > 8) {
    release(&owned);
    return c3d_fail(C3D_ARGUMENT, "%s has %d dimensions; at most 8 are read.", path, *dimensions);
  }
  HDF5_TRY(&owned, H5Sget_simple_extent_dims(space, extent, NULL));
  for (int32_t d = 0; d < *dimensions; d++) shape[d] = (int64_t)extent[d];
  release(&owned);
  return C3D_OK;
}

/* Whole numbers are read as they are or not at all: HDF5 cuts fractions off and ranges short without a word. */
static H5T_conv_ret_t refuse(H5T_conv_except_t kind, hid_t from, hid_t to, void *source, void *target, void *refused) {
  (void)kind, (void)from, (void)source, (void)target;
  if (H5Tget_class(to) != H5T_INTEGER) return H5T_CONV_UNHANDLED;
  *(int *)refused = 1;
  return H5T_CONV_ABORT;
}

int32_t c3d_h5_read(int64_t file, const char *path, int32_t type, int64_t row_offset, int64_t rows, int64_t count, void *values) {
  Owned owned = {.count = 0};
  hid_t dataset, space, memory, transfer;
  int refused = 0;
  if (rows == 0) return C3D_OK;
  HDF5_TRY(&owned, dataset = own(&owned, H5Dopen2(file, path, H5P_DEFAULT)));
  HDF5_TRY(&owned, space = own(&owned, H5Dget_space(dataset)));
  const int32_t status = select_rows(path, space, row_offset, rows, count, &owned, &memory);
  if (status != C3D_OK) return status;
  HDF5_TRY(&owned, transfer = own(&owned, H5Pcreate(H5P_DATASET_XFER)));
  HDF5_TRY(&owned, H5Pset_type_conv_cb(transfer, refuse, &refused));
  if (H5Dread(dataset, memory_type(type), memory, space, transfer, values) < 0) {
    const int32_t failure = refused ? c3d_fail(C3D_HDF5_FAILED, "%s holds numbers that are not whole, or too large", path) : hdf5_failed("H5Dread");
    release(&owned);
    return failure;
  }
  release(&owned);
  return C3D_OK;
}
