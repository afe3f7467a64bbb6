"""Tie acceptances and changes of policy to their signatures."""

import django.db.models.deletion
import django.db.models.functions.datetime
import governance.models.tenancy
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0006_record"),
        ("readiness", "0007_tenant_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="PolicyAdoption",
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
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readiness.policy",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readiness.policy",
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "adopted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("adopted_at", models.DateTimeField()),
                (
                    "signature",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.signoff",
                    ),
                ),
            ],
            options={
                "constraints": [
                    governance.models.tenancy.SameTenant(
                        link="project",
                        name="adoption_has_its_projects_client",
                        tenant="organisation",
                    ),
                    governance.models.tenancy.SameTenant(
                        link="signature",
                        name="adoption_and_signature_share_a_project",
                        tenant="project",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("previous__isnull", True),
                            models.Q(("previous", models.F("policy")), _negated=True),
                            _connector="OR",
                        ),
                        name="an_adoption_changes_the_policy",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="acceptance",
            name="signature",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="governance.signoff",
            ),
        ),
        migrations.AddField(
            model_name="acceptancewithdrawal",
            name="signature",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="governance.signoff",
            ),
        ),
        governance.models.tenancy.AddConstraints(
            constraints={
                "acceptance": [
                    governance.models.tenancy.SameTenant(
                        link="signature",
                        name="acceptance_and_signature_share_a_project",
                        tenant="project",
                    )
                ],
                "acceptancewithdrawal": [
                    governance.models.tenancy.SameTenant(
                        link="signature",
                        name="withdrawal_and_signature_share_a_project",
                        tenant="project",
                    )
                ],
            },
        ),
    ]
