"""Make room for the record of each project, for delegations, and for every kind of signature."""

import django.db.models.deletion
import django.db.models.functions.datetime
import governance.models.tenancy
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0005_tenant_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record_head",
                        to="governance.project",
                    ),
                ),
                ("origin", models.CharField(max_length=300)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("frontier", models.JSONField(default=list)),
                ("key", models.CharField(blank=True, max_length=400)),
                ("last_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RecordEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.project",
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("seq", models.PositiveBigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("LOG_STARTED", "Record started"),
                            ("KEY_ROTATED", "Key of the record changed"),
                            ("CARRIED_OVER", "Taken over from before the record"),
                            ("SIGNED", "Signed"),
                            ("REFUSED", "Refused"),
                            ("WITHDRAWN", "Withdrawn"),
                            ("AGREED", "Agreed that the signature binds"),
                            ("DELEGATED", "Signing delegated"),
                            ("DELEGATION_ENDED", "Delegation ended"),
                            ("OWNER_NAMED", "Owner named"),
                            ("ROLE_GIVEN", "Role given"),
                            ("ROLE_ENDED", "Role ended"),
                            ("AUTHENTICATOR_CHANGED", "Second factor changed"),
                            ("DECISION_RAISED", "Decision raised"),
                            ("DECIDED", "Decided"),
                            ("ASSUMPTION_WRITTEN", "Assumption written down"),
                            ("ASSUMPTION_RULED", "Assumption ruled on"),
                            ("DATE_SET", "Go-live date set"),
                            ("DATE_MOVED", "Go-live date moved"),
                            ("RISK_ASKED", "Asked to accept a risk"),
                            ("RISK_DECLINED", "Declined to accept a risk"),
                            ("RISK_ACCEPTED", "Risk accepted"),
                            ("ACCEPTANCE_ENDED", "Acceptance ended early"),
                            ("EXEMPTED", "Criterion set aside as not applicable"),
                            ("POLICY_ADOPTED", "Policy adopted"),
                            ("STATUS_REPORTED", "Status reported"),
                            ("FIGURE_REPORTED", "Figure reported by hand"),
                            ("CAVEAT_WRITTEN", "Caveat written"),
                            ("CAVEAT_RESOLVED", "Caveat resolved"),
                            ("IMPORTED", "File imported"),
                            ("IMPORT_UNDONE", "Import undone"),
                            ("EXPORTED", "Record exported"),
                            ("REPORT_PRINTED", "Report printed"),
                            ("TEXT_ERASED", "Text erased"),
                        ],
                        max_length=40,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("subject_noun", models.CharField(blank=True, max_length=40)),
                ("subject_id", models.UUIDField(blank=True, null=True)),
                ("body", models.TextField()),
                ("leaf_hash", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["project", "subject_id"], name="record_of_a_subject"),
                    models.Index(fields=["project", "kind", "seq"], name="record_by_kind"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "project"), name="entry_has_one_project"),
                    governance.models.tenancy.SameTenant(
                        link="project", name="entry_has_its_projects_client", tenant="organisation"
                    ),
                    models.UniqueConstraint(
                        fields=("project", "seq"), name="a_record_numbers_an_entry_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.project",
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="governance.recordentry",
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("commitment", models.CharField(max_length=64)),
                ("nonce", models.CharField(blank=True, max_length=32)),
                ("text", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    governance.models.tenancy.SameTenant(
                        link="project", name="text_has_its_projects_client", tenant="organisation"
                    ),
                    governance.models.tenancy.SameTenant(
                        link="entry", name="text_and_entry_share_a_project", tenant="project"
                    ),
                    models.UniqueConstraint(
                        fields=("entry", "name"), name="an_entry_names_a_text_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.project",
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("size", models.PositiveBigIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("note", models.TextField()),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("id", "project"), name="checkpoint_has_one_project"
                    ),
                    governance.models.tenancy.SameTenant(
                        link="project",
                        name="checkpoint_has_its_projects_client",
                        tenant="organisation",
                    ),
                    models.UniqueConstraint(
                        fields=("project", "size"), name="a_size_has_one_checkpoint"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="a_checkpoint_covers_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Anchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.project",
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="anchors",
                        to="governance.checkpoint",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("MAIL", "mailed to the client"),
                            ("RECEIPT", "receipt mailed to a signer"),
                            ("TIMESTAMP", "time stamp of an authority"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("authority", models.CharField(blank=True, max_length=200)),
                ("token", models.TextField(blank=True)),
                (
                    "anchored_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "constraints": [
                    governance.models.tenancy.SameTenant(
                        link="project", name="anchor_has_its_projects_client", tenant="organisation"
                    ),
                    governance.models.tenancy.SameTenant(
                        link="checkpoint",
                        name="anchor_and_checkpoint_share_a_project",
                        tenant="project",
                    ),
                    governance.models.tenancy.SameTenant(
                        link="account",
                        name="anchor_and_account_share_a_client",
                        tenant="organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "TIMESTAMP"), _negated=True),
                            models.Q(("token", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_time_stamp_has_its_token",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.project",
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("is_sound", models.BooleanField()),
                ("size", models.PositiveBigIntegerField()),
                ("reason", models.TextField(blank=True)),
                (
                    "checked_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["project", "checked_at"], name="newest_check")],
                "constraints": [
                    governance.models.tenancy.SameTenant(
                        link="project", name="check_has_its_projects_client", tenant="organisation"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_sound", True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_unsound_record_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.project",
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.businessprocess",
                    ),
                ),
                (
                    "delegate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("reason", models.TextField()),
                (
                    "appointed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("appointed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("id", "project"), name="delegation_has_one_project"
                    ),
                    governance.models.tenancy.SameTenant(
                        link="project",
                        name="delegation_has_its_projects_client",
                        tenant="organisation",
                    ),
                    governance.models.tenancy.SameTenant(
                        link="process",
                        name="delegation_and_process_share_a_project",
                        tenant="project",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="a_delegation_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("delegate", models.F("appointed_by")), _negated=True),
                        name="nobody_delegates_to_themselves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="a_delegation_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DelegationEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.project",
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "delegation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="end",
                        to="governance.delegation",
                    ),
                ),
                ("reason", models.TextField()),
                (
                    "ended_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    governance.models.tenancy.SameTenant(
                        link="project",
                        name="delegation_end_has_its_projects_client",
                        tenant="organisation",
                    ),
                    governance.models.tenancy.SameTenant(
                        link="delegation",
                        name="delegation_end_and_delegation_share_a_project",
                        tenant="project",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="an_ended_delegation_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignatureAgreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.organisation",
                    ),
                ),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("wording", models.TextField()),
                (
                    "agreed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "constraints": [
                    governance.models.tenancy.SameTenant(
                        link="account",
                        name="agreement_and_account_share_a_client",
                        tenant="organisation",
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="signoff",
            name="a_signature_is_authenticated_in_person",
        ),
        migrations.AddField(
            model_name="signoff",
            name="receipt",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="signoff",
            name="signer_zone",
            field=models.CharField(db_default="UTC", default="UTC", max_length=64),
        ),
        migrations.AddField(
            model_name="signoff",
            name="statement",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="signoff",
            name="subject_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="signoff",
            name="subject_noun",
            field=models.CharField(db_default="process", default="process", max_length=40),
        ),
        migrations.AddField(
            model_name="signoff",
            name="subject_title",
            field=models.CharField(db_default="", default="", max_length=400),
        ),
        migrations.AlterField(
            model_name="signoff",
            name="authority",
            field=models.CharField(max_length=300),
        ),
        migrations.AlterField(
            model_name="signoff",
            name="kind",
            field=models.CharField(
                choices=[
                    ("PROCESS_EVIDENCE", "Process evidence"),
                    ("SCOPE", "Scope of a process"),
                    ("CHARTER", "Charter"),
                    ("ACCEPTANCE", "Acceptance of a risk"),
                    ("POLICY_CHANGE", "Change of policy"),
                    ("CLOSURE", "Closure of testing"),
                    ("GO_NO_GO", "Go or no-go"),
                    ("HANDOVER", "Handover to operations"),
                ],
                default="PROCESS_EVIDENCE",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="signoff",
            name="process",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signoffs",
                to="governance.businessprocess",
            ),
        ),
        migrations.AddField(
            model_name="signoff",
            name="delegation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="governance.delegation",
            ),
        ),
        migrations.AddField(
            model_name="signoff",
            name="entry",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signoff",
                to="governance.recordentry",
            ),
        ),
        governance.models.tenancy.AddConstraints(
            constraints={
                "signoff": [
                    models.UniqueConstraint(
                        fields=("id", "project"), name="signature_has_one_project"
                    ),
                    governance.models.tenancy.SameTenant(
                        link="delegation",
                        name="signature_and_delegation_share_a_project",
                        tenant="project",
                    ),
                    governance.models.tenancy.SameTenant(
                        link="entry", name="signature_and_entry_share_a_project", tenant="project"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("authentication__in", ["PASSWORD_TOTP", "PASSKEY", "SINGLE_SIGN_ON"]),
                            models.Q(("authentication", "PASSWORD"), ("entry__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_signature_is_authenticated_in_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("PROCESS_EVIDENCE", "SCOPE")), _negated=True),
                            ("process__isnull", False),
                            _connector="OR",
                        ),
                        name="a_process_signature_names_its_process",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entry__isnull", True),
                            models.Q(
                                ("subject_id__isnull", False),
                                models.Q(("statement", ""), _negated=True),
                                models.Q(("receipt", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_recorded_signature_has_its_receipt",
                    ),
                ]
            },
        ),
    ]
