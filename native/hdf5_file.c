/* Parallel HDF5: every call is collective, every rank passes the same arguments except its own rows. */
#include "internal.h"

#include <hdf5.h>
#include <string.h>

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

static int32_t access_list(int32_t comm, Owned *owned, hid_t *list) {
  HDF5_TRY(owned, *list = own(owned, H5Pcreate(H5P_FILE_ACCESS)));
  HDF5_TRY(owned, H5Pset_fapl_mpio(*list, c3d_comm(comm), MPI_INFO_NULL));
  HDF5_TRY(owned, H5Pset_libver_bounds(*list, H5F_LIBVER_V18, H5F_LIBVER_LATEST));
  HDF5_TRY(owned, H5Pset_all_coll_metadata_ops(*list, 1));
  HDF5_TRY(owned, H5Pset_coll_metadata_write(*list, 1));
  HDF5_TRY(owned, H5Pset_fclose_degree(*list, H5F_CLOSE_STRONG));
  return C3D_OK;
}

int32_t c3d_h5_create(int32_t comm, const char *path, int64_t *file) {
  Owned owned = {.count = 0};
  hid_t list = -1;
  const int32_t status = access_list(comm, &owned, &list);
  if (status != C3D_OK) return status;
  HDF5_TRY(&owned, *file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, list));
  release(&owned);
  return C3D_OK;
}

int32_t c3d_h5_open(int32_t comm, const char *path, int64_t *file) {
  Owned owned = {.count = 0};
  hid_t list = -1;
  const int32_t status = access_list(comm, &owned, &list);
  if (status != C3D_OK) return status;
  HDF5_TRY(&owned, *file = H5Fopen(path, H5F_ACC_RDONLY, list));
  release(&owned);
  return C3D_OK;
}

int32_t c3d_h5_close(int64_t file) {
  return H5Fclose(file) < 0 ? hdf5_failed("H5Fclose") : C3D_OK;
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

int32_t c3d_h5_read_attribute(int64_t file, const char *object, const char *name, int32_t type, void *values) {
  Owned owned = {.count = 0};
  hid_t attribute;
  HDF5_TRY(&owned, attribute = own(&owned, H5Aopen_by_name(file, object, name, H5P_DEFAULT, H5P_DEFAULT)));
  HDF5_TRY(&owned, H5Aread(attribute, memory_type(type), values));
  release(&owned);
  return C3D_OK;
}

int32_t c3d_h5_read_attribute_text(int64_t file, const char *object, const char *name, char *text) {
  Owned owned = {.count = 0};
  hid_t attribute, type;
  HDF5_TRY(&owned, attribute = own(&owned, H5Aopen_by_name(file, object, name, H5P_DEFAULT, H5P_DEFAULT)));
  HDF5_TRY(&owned, type = own(&owned, H5Aget_type(attribute)));
  if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0) {
    release(&owned);
    return c3d_fail(C3D_ARGUMENT, "Attribute %s of %s is not a fixed-length text.", name, object);
  }
  HDF5_TRY(&owned, H5Aread(attribute, type, text));
  release(&owned);
  return C3D_OK;
}

static int32_t storage_layout(hid_t list, int32_t dimensions, const hsize_t *shape, int64_t chunk_rows, int32_t deflate, int32_t shuffle,
                              int32_t fletcher32, Owned *owned) {
  hsize_t chunk[8];
  if (dimensions == 0 || chunk_rows <= 0) return C3D_OK;
  for (int32_t d = 0; d < dimensions; d++) {
    if (shape[d] == 0) return C3D_OK; /* nothing to chunk */
    chunk[d] = shape[d];
  }
  if ((hsize_t)chunk_rows < chunk[0]) chunk[0] = (hsize_t)chunk_rows;
  HDF5_TRY(owned, H5Pset_chunk(list, dimensions, chunk));
  if (shuffle) HDF5_TRY(owned, H5Pset_shuffle(list));
  if (deflate > 0) HDF5_TRY(owned, H5Pset_deflate(list, (unsigned)deflate));
  if (fletcher32) HDF5_TRY(owned, H5Pset_fletcher32(list));
  return C3D_OK;
}

/* Selects this rank's rows; a rank without rows selects nothing but still takes part. */
static int32_t select_rows(hid_t space, int64_t row_offset, int64_t rows, Owned *owned, hid_t *memory) {
  hsize_t shape[8] = {0}, start[8] = {0};
  int dimensions;
  HDF5_TRY(owned, dimensions = H5Sget_simple_extent_dims(space, shape, NULL));
  if (dimensions == 0) {
    HDF5_TRY(owned, *memory = own(owned, H5Screate(H5S_SCALAR)));
  } else {
    start[0] = (hsize_t)row_offset;
    shape[0] = (hsize_t)rows;
    HDF5_TRY(owned, *memory = own(owned, H5Screate_simple(dimensions, shape, NULL)));
    if (rows > 0) HDF5_TRY(owned, H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, shape, NULL));
  }
  if (rows > 0) return C3D_OK;
  HDF5_TRY(owned, H5Sselect_none(space));
  HDF5_TRY(owned, H5Sselect_none(*memory));
  return C3D_OK;
}

static int32_t collective_transfer(Owned *owned, hid_t *list) {
  HDF5_TRY(owned, *list = own(owned, H5Pcreate(H5P_DATASET_XFER)));
  HDF5_TRY(owned, H5Pset_dxpl_mpio(*list, H5FD_MPIO_COLLECTIVE));
  return C3D_OK;
}

int32_t c3d_h5_write(int64_t file, const char *path, int32_t type, int32_t dimensions, const int64_t *shape, int64_t row_offset, int64_t rows,
                     const void *values, int64_t chunk_rows, int32_t deflate, int32_t shuffle, int32_t fletcher32) {
  Owned owned = {.count = 0};
  hsize_t extent[8];
  hid_t links, layout, space, dataset, memory, transfer;
  const double nothing = 0.0;
  int empty = 0;
  for (int32_t d = 0; d < dimensions; d++) {
    extent[d] = (hsize_t)shape[d];
    empty |= shape[d] == 0;
  }
  int32_t status = intermediate_groups(&owned, &links);
  if (status != C3D_OK) return status;
  HDF5_TRY(&owned, layout = own(&owned, H5Pcreate(H5P_DATASET_CREATE)));
  status = storage_layout(layout, dimensions, extent, chunk_rows, deflate, shuffle, fletcher32, &owned);
  if (status != C3D_OK) return status;
  HDF5_TRY(&owned, space = own(&owned, dimensions == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(dimensions, extent, NULL)));
  HDF5_TRY(&owned, dataset = own(&owned, H5Dcreate2(file, path, file_type(type), space, links, layout, H5P_DEFAULT)));
  if (empty) { /* its storage has no address to write to */
    release(&owned);
    return C3D_OK;
  }
  status = select_rows(space, row_offset, rows, &owned, &memory);
  if (status != C3D_OK) return status;
  status = collective_transfer(&owned, &transfer);
  if (status != C3D_OK) return status;
  HDF5_TRY(&owned, H5Dwrite(dataset, memory_type(type), memory, space, transfer, rows > 0 ? values : &nothing));
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

int32_t c3d_h5_read(int64_t file, const char *path, int32_t type, int64_t row_offset, int64_t rows, void *values) {
  Owned owned = {.count = 0};
  hid_t dataset, space, memory, transfer;
  double nothing = 0.0;
  HDF5_TRY(&owned, dataset = own(&owned, H5Dopen2(file, path, H5P_DEFAULT)));
  HDF5_TRY(&owned, space = own(&owned, H5Dget_space(dataset)));
  int32_t status = select_rows(space, row_offset, rows, &owned, &memory);
  if (status != C3D_OK) return status;
  status = collective_transfer(&owned, &transfer);
  if (status != C3D_OK) return status;
  HDF5_TRY(&owned, H5Dread(dataset, memory_type(type), memory, space, transfer, rows > 0 ? values : &nothing));
  release(&owned);
  return C3D_OK;
}
