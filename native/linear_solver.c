/* A Krylov solver with its preconditioner, everything selectable by options prefix. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int32_t c3d_solver_create(int32_t comm, const char *prefix, void **solver) {
  KSP created;
  c3d_error_reset();
  PETSC_TRY(KSPCreate(c3d_comm(comm), &created));
  PETSC_TRY(KSPSetOptionsPrefix(created, prefix));
  *solver = created;
  return C3D_OK;
}

int32_t c3d_solver_operators(void *solver, void *matrix, void *preconditioning_matrix) {
  c3d_error_reset();
  PETSC_TRY(KSPSetOperators((KSP)solver, (Mat)matrix, (Mat)preconditioning_matrix));
  return C3D_OK;
}

/* A preconditioner of another type ignores it, so that `-pc_type lu` stays one option away. */
int32_t c3d_solver_field_split(void *solver, const char *name, void *index_set) {
  PC preconditioner;
  c3d_error_reset();
  PETSC_TRY(KSPGetPC((KSP)solver, &preconditioner));
  PETSC_TRY(PCFieldSplitSetIS(preconditioner, name, (IS)index_set));
  return C3D_OK;
}

int32_t c3d_solver_tolerances(void *solver, double relative, double absolute, int32_t iterations) {
  c3d_error_reset();
  PETSC_TRY(KSPSetTolerances((KSP)solver, relative, absolute, PETSC_DEFAULT, iterations));
  return C3D_OK;
}

int32_t c3d_solver_reuse_preconditioner(void *solver, int32_t reuse) {
  c3d_error_reset();
  PETSC_TRY(KSPSetReusePreconditioner((KSP)solver, reuse ? PETSC_TRUE : PETSC_FALSE));
  return C3D_OK;
}

int32_t c3d_solver_from_options(void *solver) {
  c3d_error_reset();
  PETSC_TRY(KSPSetFromOptions((KSP)solver));
  return C3D_OK;
}

/* What the caller's own preconditioner consists of, shared by it and by the operator of its solver. */
typedef struct {
  int32_t (*set_up)(void *);
  int32_t (*apply)(void *, const double *, double *);
  int32_t (*multiply)(void *, const double *, const double *, double *);
  void *(*matrix)(void *); /* *Collective.* Makes the matrix where it is not yet; NULL where that failed. */
  void *context;
  Vec given;                /* r of the last x = P^-1 r, */
  PetscObjectState given_state;
  PetscObjectId solved;     /* and its x, */
  PetscObjectState solved_state; /* as they were then */
} Shell;

static PetscErrorCode shell_set_up(PC pc) {
  Shell *shell;
  PetscCall(PCShellGetContext(pc, &shell));
  const int32_t outcome = shell->set_up(shell->context);
  PetscCheck(outcome != C3D_SHELL_FAILED, PETSC_COMM_SELF, PETSC_ERR_LIB, "The preconditioner could not be set up.");
  PetscCall(PCSetFailedReason(pc, outcome == C3D_SHELL_SINGULAR ? PC_FACTOR_NUMERIC_ZEROPIVOT : PC_NOERROR));
  return 0;
}

static PetscErrorCode shell_remember(Shell *shell, Vec r, Vec x) {
  PetscCall(PetscObjectReference((PetscObject)r));
  PetscCall(VecDestroy(&shell->given));
  shell->given = r;
  PetscCall(PetscObjectStateGet((PetscObject)r, &shell->given_state));
  PetscCall(PetscObjectGetId((PetscObject)x, &shell->solved));
  PetscCall(PetscObjectStateGet((PetscObject)x, &shell->solved_state));
  return 0;
}

static PetscErrorCode shell_remembers(const Shell *shell, Vec x, PetscBool *remembers) {
  PetscObjectState given, solved;
  PetscObjectId id;
  *remembers = PETSC_FALSE;
  if (!shell->given) return 0;
  PetscCall(PetscObjectStateGet((PetscObject)shell->given, &given));
  PetscCall(PetscObjectStateGet((PetscObject)x, &solved));
  PetscCall(PetscObjectGetId((PetscObject)x, &id));
  *remembers = (PetscBool)(given == shell->given_state && id == shell->solved && solved == shell->solved_state);
  return 0;
}

static PetscErrorCode shell_apply(PC pc, Vec r, Vec x) {
  Shell *shell;
  const double *given;
  double *result;
  PetscCall(PCShellGetContext(pc, &shell));
  PetscCall(VecGetArrayRead(r, &given));
  PetscCall(VecGetArrayWrite(x, &result));
  const int32_t outcome = shell->apply(shell->context, given, result);
  PetscCall(VecRestoreArrayWrite(x, &result));
  PetscCall(VecRestoreArrayRead(r, &given));
  PetscCheck(outcome == C3D_SHELL_DONE, PETSC_COMM_SELF, PETSC_ERR_LIB, "The preconditioner could not be applied.");
  PetscCall(shell_remember(shell, r, x));
  return 0;
}

/* The product with the matrix costs less where its factor is what the preconditioner made last. */
static PetscErrorCode shell_multiply(Mat operator, Vec x, Vec y) {
  Shell *shell;
  Mat matrix;
  PetscBool remembers;
  int32_t outcome = C3D_SHELL_UNMULTIPLIED;
  PetscCall(MatShellGetContext(operator, &shell));
  PetscCall(shell_remembers(shell, x, &remembers));
  if (remembers) {
    const double *given, *solved;
    double *product;
    PetscCall(VecGetArrayRead(shell->given, &given));
    PetscCall(VecGetArrayRead(x, &solved));
    PetscCall(VecGetArrayWrite(y, &product));
    outcome = shell->multiply(shell->context, given, solved, product);
    PetscCall(VecRestoreArrayWrite(y, &product));
    PetscCall(VecRestoreArrayRead(x, &solved));
    PetscCall(VecRestoreArrayRead(shell->given, &given));
    PetscCheck(outcome != C3D_SHELL_FAILED, PETSC_COMM_SELF, PETSC_ERR_LIB, "The preconditioner could not multiply.");
  }
  if (outcome == C3D_SHELL_DONE) return 0;
  matrix = shell->matrix(shell->context);
  PetscCheck(matrix, PETSC_COMM_SELF, PETSC_ERR_LIB, "The matrix could not be made.");
  PetscCall(MatMult(matrix, x, y));
  return 0;
}

static PetscErrorCode shell_destroy(PC pc) {
  Shell *shell;
  PetscCall(PCShellGetContext(pc, &shell));
  PetscCall(VecDestroy(&shell->given));
  PetscCall(PetscFree(shell));
  return 0;
}

/* The operator of the solver becomes one that multiplies as `shell_multiply`, and stands for the matrix where there is none yet. */
static int32_t use_operator(KSP solver, Shell *shell, int64_t rows, Mat matrix) {
  Mat operator;
  PETSC_TRY(MatCreateShell(PetscObjectComm((PetscObject)solver), (PetscInt)rows, (PetscInt)rows, PETSC_DETERMINE, PETSC_DETERMINE, shell, &operator));
  PETSC_TRY(MatShellSetOperation(operator, MATOP_MULT, (void (*)(void))shell_multiply));
  PETSC_TRY(c3d_use_untouched_vectors(operator));
  PETSC_TRY(KSPSetOperators(solver, operator, matrix ? matrix : operator));
  PETSC_TRY(MatDestroy(&operator));
  return C3D_OK;
}

int32_t c3d_solver_shell(void *solver, const char *name, int64_t rows, void *matrix, int32_t (*set_up)(void *),
                         int32_t (*apply)(void *, const double *, double *), int32_t (*multiply)(void *, const double *, const double *, double *),
                         void *(*make_matrix)(void *), void *context, int32_t *used) {
  PC preconditioner;
  PetscBool is_shell;
  Shell *shell;
  c3d_error_reset();
  PETSC_TRY(KSPGetPC((KSP)solver, &preconditioner));
  PETSC_TRY(PetscObjectTypeCompare((PetscObject)preconditioner, PCSHELL, &is_shell));
  *used = is_shell ? 1 : 0;
  if (!is_shell) return C3D_OK;
  PETSC_TRY(PetscNew(&shell));
  *shell = (Shell){.set_up = set_up, .apply = apply, .multiply = multiply, .matrix = make_matrix, .context = context};
  PETSC_TRY(PCShellSetContext(preconditioner, shell));
  PETSC_TRY(PCShellSetDestroy(preconditioner, shell_destroy));
  PETSC_TRY(PCShellSetName(preconditioner, name));
  PETSC_TRY(PCShellSetSetUp(preconditioner, shell_set_up));
  PETSC_TRY(PCShellSetApply(preconditioner, shell_apply));
  return use_operator((KSP)solver, shell, rows, matrix);
}

/* A preconditioner of the caller's own is made anew in the next set-up. */
int32_t c3d_solver_changed(void *solver) {
  Mat operator;
  c3d_error_reset();
  PETSC_TRY(KSPGetOperators((KSP)solver, &operator, NULL));
  PETSC_TRY(MatAssemblyBegin(operator, MAT_FINAL_ASSEMBLY));
  PETSC_TRY(MatAssemblyEnd(operator, MAT_FINAL_ASSEMBLY));
  return C3D_OK;
}

/* PETSc's reasons under numbers that no PETSc version changes. */
static int32_t stable_reason(KSPConvergedReason reason) {
  switch (reason) {
    case KSP_CONVERGED_RTOL: return 1;
    case KSP_CONVERGED_ATOL: return 2;
    case KSP_CONVERGED_ITS: return 3;
    case KSP_CONVERGED_HAPPY_BREAKDOWN: return 4;
    case KSP_DIVERGED_ITS: return -1;
    case KSP_DIVERGED_DTOL: return -2;
    case KSP_DIVERGED_BREAKDOWN: return -3;
    case KSP_DIVERGED_NANORINF: return -4;
    case KSP_DIVERGED_PC_FAILED: return -5;
    case KSP_DIVERGED_INDEFINITE_PC: return -6;
    case KSP_DIVERGED_INDEFINITE_MAT: return -7;
    case KSP_DIVERGED_NONSYMMETRIC: return -8;
    default: return reason > 0 ? 5 : -9;
  }
}

static int32_t outcome(KSP solver, int32_t *reason, int32_t *iterations, double *residual_norm) {
  KSPConvergedReason why = KSP_CONVERGED_ITERATING;
  PetscInt count = 0;
  PETSC_TRY(KSPGetConvergedReason(solver, &why));
  PETSC_TRY(KSPGetIterationNumber(solver, &count));
  PETSC_TRY(KSPGetResidualNorm(solver, residual_norm));
  *reason = stable_reason(why);
  *iterations = (int32_t)count;
  return C3D_OK;
}

/* What the next solve would do first by itself. */
int32_t c3d_solver_set_up(void *solver) {
  PC preconditioner;
  c3d_error_reset();
  PETSC_TRY(KSPSetUp((KSP)solver));
  PETSC_TRY(KSPGetPC((KSP)solver, &preconditioner));
  PETSC_TRY(PCSetUp(preconditioner));
  PETSC_TRY(KSPSetUpOnBlocks((KSP)solver));
  return C3D_OK;
}

int32_t c3d_solver_solve(void *solver, void *b, void *x, int32_t *reason, int32_t *iterations, double *residual_norm) {
  c3d_error_reset();
  PETSC_TRY(KSPSolve((KSP)solver, (Vec)b, (Vec)x));
  return outcome((KSP)solver, reason, iterations, residual_norm);
}

/* For callbacks: where the solve that is under way stands. */
int32_t c3d_solver_progress(void *solver, int32_t *iterations, double *residual_norm) {
  PetscInt done;
  PetscReal norm;
  c3d_error_reset();
  PETSC_TRY(KSPGetIterationNumber((KSP)solver, &done));
  PETSC_TRY(KSPGetResidualNorm((KSP)solver, &norm));
  *iterations = (int32_t)done;
  *residual_norm = norm;
  return C3D_OK;
}

int32_t c3d_solver_solve_transposed(void *solver, void *b, void *x, int32_t *reason, int32_t *iterations, double *residual_norm) {
  c3d_error_reset();
  PETSC_TRY(KSPSolveTranspose((KSP)solver, (Vec)b, (Vec)x));
  return outcome((KSP)solver, reason, iterations, residual_norm);
}

static int32_t view(KSP solver, FILE *memory) {
  PetscViewer viewer;
  PETSC_TRY(PetscViewerASCIIOpenWithFILE(PetscObjectComm((PetscObject)solver), memory, &viewer));
  PETSC_TRY(KSPView(solver, viewer));
  PETSC_TRY(PetscViewerDestroy(&viewer));
  return C3D_OK;
}

/* The text is complete on the communicator's first rank and empty on the others. */
int32_t c3d_solver_describe(void *solver, char *text, int64_t capacity, int64_t *length) {
  char *description = NULL;
  size_t size = 0;
  c3d_error_reset();
  FILE *memory = open_memstream(&description, &size);
  int32_t status = c3d_agree(PetscObjectComm((PetscObject)solver), memory ? C3D_OK : c3d_no_memory("the description of a solver"));
  if (status == C3D_OK) status = view((KSP)solver, memory);
  if (memory && fclose(memory) != 0 && status == C3D_OK) status = c3d_no_memory("the description of a solver");
  if (status == C3D_OK) {
    *length = (int64_t)size;
    if (capacity > 0) snprintf(text, (size_t)capacity, "%s", description);
  }
  free(description);
  return status;
}

/* A field split would lose its index sets; whoever keeps the multigrid inside has it built anew. */
int32_t c3d_solver_forget(void *solver) {
  PC preconditioner;
  PetscBool is_split;
  Mat matrix, preconditioning;
  c3d_error_reset();
  PETSC_TRY(KSPGetPC((KSP)solver, &preconditioner));
  PETSC_TRY(PetscObjectTypeCompare((PetscObject)preconditioner, PCFIELDSPLIT, &is_split));
  if (is_split) return C3D_OK;
  PETSC_TRY(KSPGetOperators((KSP)solver, &matrix, &preconditioning));
  PETSC_TRY(PetscObjectReference((PetscObject)matrix));
  PETSC_TRY(PetscObjectReference((PetscObject)preconditioning));
  PETSC_TRY(KSPReset((KSP)solver));
  PETSC_TRY(KSPSetOperators((KSP)solver, matrix, preconditioning));
  PETSC_TRY(MatDestroy(&matrix));
  PETSC_TRY(MatDestroy(&preconditioning));
  return C3D_OK;
}

int32_t c3d_solver_destroy(void *solver) {
  KSP destroyed = solver;
  c3d_error_reset();
  PETSC_TRY(KSPDestroy(&destroyed));
  return C3D_OK;
}
